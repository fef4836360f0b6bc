import type { PlainValue } from '../engine/plain-values';
import type { TableEngine } from '../engine/table-engine';
import type { Parameter } from '../engine/table-engine';
import type { Bins } from './bins';

/** A column to be counted. */
export interface BinnedExpression {
  /** SQL of the code's own, never of a user's: a DOUBLE or BIGINT for ranges, a VARCHAR for values. */
  expression: string;
  bins: Bins;
}

const TOGETHER = 100;

/**
 * Counts the rows in each bin, for many columns in one scan. NaN counts as missing.
 *
 * @param rows SQL for the rows: a relation's name, or a query in parentheses
 * @returns counts by column and bin, in the order that `Bins` tells
 */
export async function countBins(
  engine: TableEngine,
  rows: string,
  columns: readonly BinnedExpression[],
): Promise<number[][]> {
  const counts: number[][] = [];
  for (let from = 0; from < columns.length; from += TOGETHER) {
    const batch = columns.slice(from, from + TOGETHER);
    const parameters: Parameter[] = [];
    const counted = batch.map(({ expression, bins }, index) => {
      parameters.push(bins.type === 'ranges' ? negatedEdges(bins.edges) : JSON.stringify(bins.values));
      const at = `$${parameters.length}`;
      const entries =
        bins.type === 'ranges'
          ? `histogram(case when isnan(${expression}::double) then null else -(${expression}::double) end, cast(${at} as double[]))`
          : `histogram_exact(${expression}, cast(from_json(${at}, '["VARCHAR"]') as varchar[]))`;
      const present =
        bins.type === 'ranges' ? `count_if(not isnan(${expression}::double))` : `count(${expression})`;
      return `map_entries(${entries}) as h${index}, coalesce(${present}, 0) as n${index}`;
    });
    const row = await engine.row<Record<string, PlainValue>>(
      `select count(*) as total, ${counted.join(', ')} from ${rows}`,
      parameters,
    );
    batch.forEach(({ bins }, index) => {
      const entries = (row[`h${index}`] ?? []) as { key: PlainValue; value: number }[];
      const present = row[`n${index}`] as number;
      const inBins =
        bins.type === 'ranges' ? rangeCounts(bins.edges, entries) : valueCounts(bins.values, entries);
      const others = present - inBins.reduce((sum, count) => sum + count, 0);
      const missing = (row.total as number) - present;
      counts.push(bins.type === 'ranges' ? [...inBins, missing] : [...inBins, others, missing]);
    });
  }
  return counts;
}

/**
 * DuckDB's bins hold their upper edge, ours their lower one: so the negated values are counted by the negated edges. Our
 * last bin holds its upper edge too, so what lies above it begins at the next number.
 */
function negatedEdges(edges: readonly number[]): string {
  const last = edges.at(-1) as number;
  const bounds = [
    -nextUp(last),
    ...edges
      .slice(0, -1)
      .reverse()
      .map((edge) => -edge),
  ];
  return `[${[...bounds.map(String), 'inf'].join(', ')}]`;
}

function rangeCounts(edges: readonly number[], entries: { value: number }[]): number[] {
  if (entries.length === 0) return new Array<number>(edges.length + 1).fill(0);
  return entries
    .slice(0, edges.length + 1)
    .map(({ value }) => value)
    .reverse();
}

function valueCounts(values: readonly string[], entries: { key: PlainValue; value: number }[]): number[] {
  const counts = new Map<PlainValue, number>();
  // The first wins: the entry of all other values comes last, with an empty key.
  for (const { key, value } of entries) if (!counts.has(key)) counts.set(key, value);
  return values.map((value) => counts.get(value) ?? 0);
}

/** The next larger double. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n);
  return new Float64Array(bits.buffer)[0] as number;
}
