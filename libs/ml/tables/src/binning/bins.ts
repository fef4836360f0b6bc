import type { ColumnStatistics } from '@modelyard/contracts';

/**
 * How a column's values are counted, so that two sets of rows can be laid beside each other. Before and behind `ranges`
 * there is a bin for what lies outside; `values` are followed by one for all others; last is one for missing values.
 */
export type Bins = { type: 'ranges'; edges: number[] } | { type: 'values'; values: string[] };

/** A column of a set of rows: bins, and how many rows are in each. */
export interface BinnedColumn {
  bins: Bins;
  counts: number[];
}

/** So much in one bin of equal width hides what happens in it. */
const CROWDED = 0.8;

/**
 * The bins of a column that another set of rows is compared by, and their counts, from its statistics alone: numbers by
 * their histogram, or by their quantiles where a few far-off values have most rows in one bin; categories by their most
 * frequent values. Undefined for dates and free text.
 *
 * @param column of the rows that are the reference
 * @param rows of the reference, missing values too
 */
export function referenceBins(column: ColumnStatistics, rows: number): BinnedColumn | undefined {
  const present = rows - column.missing;
  if (present === 0) return undefined;
  if (column.numeric) {
    const { histogram, quantiles } = column.numeric;
    const crowded = Math.max(...histogram.counts) > CROWDED * present;
    const values = quantiles.map(({ value }) => value);
    const increasing = values.every((value, index) => index === 0 || value > (values[index - 1] as number));
    if (crowded && increasing && values.length > 1) {
      const levels = [0, ...quantiles.map(({ probability }) => probability), 1];
      const shares = levels.slice(1).map((level, index) => level - (levels[index] as number));
      return {
        bins: { type: 'ranges', edges: values },
        counts: [...shares.map((share) => share * present), column.missing],
      };
    }
    return {
      bins: { type: 'ranges', edges: histogram.edges },
      counts: [0, ...histogram.counts, 0, column.missing],
    };
  }
  if ((column.type !== 'categorical' && column.type !== 'boolean') || !column.top) return undefined;
  const counts = column.top.map((entry) => entry.rows);
  const others = present - counts.reduce((sum, count) => sum + count, 0);
  return {
    bins: { type: 'values', values: column.top.map(({ value }) => value) },
    counts: [...counts, others, column.missing],
  };
}

/** What the bins are called beside a chart, in the order of their counts. */
export function binLabels(bins: Bins): string[] {
  if (bins.type === 'values') return [...bins.values, '(others)', '(missing)'];
  const edges = bins.edges.map((edge) => String(Number(edge.toPrecision(4))));
  const between = edges.slice(1).map((edge, index) => `${edges[index]} – ${edge}`);
  return [`below ${edges[0]}`, ...between, `above ${edges.at(-1)}`, '(missing)'];
}
