import type { NumericStatistics } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { equalEdges, histogramsOver } from './histogram-over';
import { AT_ONCE, batches } from './profiled-column';
import type { ProfiledColumn } from './profiled-column';

const PROBABILITIES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const BINS = 30;
/** Above so many rows quantiles are those of a sample of about half as many: exact ones need all values in memory. */
const EXACT_QUANTILES = 250_000;
/** Columns whose values are in memory together. */
const SORTED_AT_ONCE = 16;
/** Squares of greater values are beyond a number's range. */
const SAFE = 1e150;

interface Extent {
  minimum: number;
  maximum: number;
  zeros: number;
  negatives: number;
}

/**
 * Moments, quantiles and histograms of numeric columns. The standard deviation is the sample's (n − 1). Quantiles are
 * interpolated linearly between order statistics (Hyndman and Fan's type 7, as numpy and pandas by default), up to
 * 250,000 rows; beyond they are those of about 125,000 rows, the same ones each time. Histograms have 30 bins of equal width.
 * @returns by column index; columns without a value are absent
 */
export async function numericProfiles(
  engine: TableEngine,
  relation: string,
  columns: ProfiledColumn[],
  rows: number,
): Promise<Map<number, NumericStatistics>> {
  const profiles = new Map<number, NumericStatistics>();
  for (const batch of batches(columns, AT_ONCE)) {
    const extents = await extentsOf(engine, relation, batch);
    const known = batch.filter(({ index }) => extents.has(index));
    const moments = await momentsOf(engine, relation, known, extents);
    const histograms = await histogramsOver(
      engine,
      relation,
      known.map(({ index }) => {
        const { minimum, maximum } = extents.get(index) as Extent;
        return { column: `c${index}`, edges: equalEdges(minimum, maximum, BINS) };
      }),
    );
    const quantiles = await quantilesOf(engine, relation, known, rows);
    for (const [i, { index }] of known.entries()) {
      const { mean, standardDeviation } = moments.get(index) ?? { mean: 0, standardDeviation: null };
      profiles.set(index, {
        ...(extents.get(index) as Extent),
        mean,
        standardDeviation,
        quantiles: quantiles.get(index) ?? [],
        histogram: histograms[i] ?? { edges: [], counts: [] },
      });
    }
  }
  return profiles;
}

async function extentsOf(
  engine: TableEngine,
  relation: string,
  columns: ProfiledColumn[],
): Promise<Map<number, Extent>> {
  if (columns.length === 0) return new Map();
  const row = await engine.row<Record<string, number | string | null>>(
    `select ${columns
      .map(
        ({ index: i }) =>
          `min(c${i})::double as a${i}, max(c${i})::double as b${i}, sum((c${i} = 0)::integer)::bigint as z${i}, sum((c${i} < 0)::integer)::bigint as n${i}`,
      )
      .join(', ')} from ${relation}`,
  );
  return new Map(
    columns.flatMap(({ index: i }) =>
      typeof row[`a${i}`] !== 'number'
        ? []
        : [
            [
              i,
              {
                minimum: Number(row[`a${i}`]),
                maximum: Number(row[`b${i}`]),
                zeros: Number(row[`z${i}`]),
                negatives: Number(row[`n${i}`]),
              },
            ],
          ],
    ),
  );
}

async function momentsOf(
  engine: TableEngine,
  relation: string,
  columns: ProfiledColumn[],
  extents: Map<number, Extent>,
): Promise<Map<number, { mean: number; standardDeviation: number | null }>> {
  if (columns.length === 0) return new Map();
  const scales = new Map(
    columns.map(({ index }) => {
      const { minimum, maximum } = extents.get(index) as Extent;
      const greatest = Math.max(Math.abs(minimum), Math.abs(maximum));
      return [index, greatest > SAFE ? greatest : 1];
    }),
  );
  const row = await engine.row<Record<string, number | null>>(
    `select ${columns
      .map(({ index: i }) => {
        const value = scales.get(i) === 1 ? `c${i}::double` : `(c${i}::double / ${scales.get(i)})`;
        return `favg(${value}) as m${i}, stddev_samp(${value}) as s${i}`;
      })
      .join(', ')} from ${relation}`,
  );
  return new Map(
    columns.map(({ index: i }) => {
      const scale = scales.get(i) ?? 1;
      const deviation = row[`s${i}`] ?? null;
      return [
        i,
        {
          mean: (row[`m${i}`] ?? 0) * scale,
          standardDeviation: deviation === null ? null : Math.min(deviation * scale, Number.MAX_VALUE),
        },
      ];
    }),
  );
}

async function quantilesOf(
  engine: TableEngine,
  relation: string,
  columns: ProfiledColumn[],
  rows: number,
): Promise<Map<number, NumericStatistics['quantiles']>> {
  const step = rows > EXACT_QUANTILES ? Math.floor((2 * rows) / EXACT_QUANTILES) : 1;
  const sample = step === 1 ? '' : `where hash(row, 11) % ${step} = 0`;
  const quantiles = new Map<number, NumericStatistics['quantiles']>();
  for (const batch of batches(columns, SORTED_AT_ONCE)) {
    const row = await engine.row<Record<string, number[]>>(
      `select ${batch
        .map(({ index: i }) => `quantile_cont(c${i}::double, [${PROBABILITIES.join(', ')}]) as q${i}`)
        .join(', ')} from ${relation} ${sample}`,
    );
    for (const { index } of batch)
      quantiles.set(
        index,
        PROBABILITIES.map((probability, i) => ({ probability, value: Number(row[`q${index}`]?.[i]) })),
      );
  }
  return quantiles;
}
