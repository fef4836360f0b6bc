import type { ColumnStatistics } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { AT_ONCE, batches } from './profiled-column';
import type { ProfiledColumn } from './profiled-column';

type PerClass = NonNullable<ColumnStatistics['perClass']>;

/** With more classes than this, statistics by class are no longer something to look at. */
const MOST_CLASSES = 100;

/** Mean, standard deviation (n − 1) and missing values of numeric columns by class; by column index. */
export async function classProfiles(
  engine: TableEngine,
  relation: string,
  columns: ProfiledColumn[],
  label: string,
): Promise<Map<number, PerClass>> {
  const profiles = new Map<number, PerClass>();
  const { classes } = await engine.row<{ classes: number }>(
    `select count(distinct ${label}) as classes from ${relation}`,
  );
  if (classes > MOST_CLASSES) return profiles;
  for (const batch of batches(columns, AT_ONCE)) {
    const wanted = batch.map(({ index: i }) => {
      const value = `c${i}::double`;
      // Squares of greater values are beyond a number's range, and DuckDB would fail even where the result is not used.
      const deviation = `case when max(abs(${value})) < 1e150 then stddev_samp(case when abs(${value}) < 1e150 then ${value} end) end`;
      return `favg(${value}) as m${i}, ${deviation} as s${i}, count(*) - count(c${i}) as n${i}`;
    });
    const rows = await engine.rows<Record<string, number | string | null>>(
      `select ${label}::varchar as class, ${wanted.join(', ')} from ${relation} where ${label} is not null group by 1 order by 1`,
    );
    for (const { index: i } of batch)
      profiles.set(
        i,
        Object.fromEntries(
          rows.map((row) => [
            String(row['class']),
            {
              mean: numberOrNull(row[`m${i}`]),
              standardDeviation: numberOrNull(row[`s${i}`]),
              missing: Number(row[`n${i}`]),
            },
          ]),
        ),
      );
  }
  return profiles;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
