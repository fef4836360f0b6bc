import type { ColumnStatistics, NumericStatistics } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { classProfiles } from './class-profiles';
import { leakOf } from './leaks';
import { numericProfiles } from './numeric-profile';
import { AT_ONCE, batches, isNumber } from './profiled-column';
import type { ProfiledColumn } from './profiled-column';
import { valueCounts } from './value-counts';

const EXACT_DISTINCT = 10_000;
/** The estimate may be off by a few percent: columns that seem to lie a little above the limit are counted too. */
const SEEMING = 12_000;
const NEAR_CONSTANT = 0.995;

/**
 * All that is known of columns `c<index>` of a relation, in their order. Distinct values are exact up to 10,000, above an
 * estimate (HyperLogLog) for numbers and dates. A column is near constant when one value, or its absence, has at least
 * 99.5 % of the rows.
 * @param relation the caller's own name, with a column `row`
 * @param options.label a column of the relation that holds the class: without one, there are neither leaks nor classes
 * @see numericProfiles for the definition of quantiles, `leakOf` for that of a leak
 */
export async function profileColumns(
  engine: TableEngine,
  relation: string,
  columns: ProfiledColumn[],
  options: { label?: string } = {},
): Promise<ColumnStatistics[]> {
  const basics = await basicsOf(engine, relation, columns);
  const numbers = columns.filter(isNumber);
  const rows = basics.get(columns[0]?.index ?? -1)?.rows ?? 0;
  const numeric = await numericProfiles(engine, relation, numbers, rows);
  const perClass =
    options.label === undefined ? undefined : await classProfiles(engine, relation, numbers, options.label);
  const statistics: ColumnStatistics[] = [];
  for (const column of columns) {
    const known = basics.get(column.index) as Basics;
    const profile = await valuesOf(engine, relation, column, known, numeric.get(column.index));
    const leak =
      options.label === undefined || options.label === `c${column.index}`
        ? undefined
        : await leakOf(engine, relation, column, options.label, rows, profile.distinct);
    const classes = perClass?.get(column.index);
    statistics.push({
      ...profile,
      ...(leak === undefined ? {} : { leak }),
      ...(classes === undefined ? {} : { perClass: classes }),
    });
  }
  return statistics;
}

interface Basics {
  rows: number;
  values: number;
  distinct: number;
  text?: NonNullable<ColumnStatistics['text']>;
  date?: NonNullable<ColumnStatistics['date']>;
}

async function basicsOf(
  engine: TableEngine,
  relation: string,
  columns: ProfiledColumn[],
): Promise<Map<number, Basics>> {
  const basics = new Map<number, Basics>();
  for (const batch of batches(columns, AT_ONCE)) {
    const wanted = batch.flatMap(({ index: i, type }) => [
      `count(c${i}) as v${i}`,
      `approx_count_distinct(c${i}) as d${i}`,
      ...(type === 'text' || type === 'categorical'
        ? [`min(length(c${i})) as a${i}`, `max(length(c${i})) as b${i}`, `avg(length(c${i})) as l${i}`]
        : []),
      ...(type === 'date' ? [`min(c${i}) as a${i}`, `max(c${i}) as b${i}`] : []),
    ]);
    const row = await engine.row<Record<string, number | string | null>>(
      `select count(*) as "rows", ${wanted.join(', ')} from ${relation}`,
    );
    for (const { index: i, type } of batch) {
      const values = Number(row[`v${i}`]);
      const known: Basics = { rows: Number(row['rows']), values, distinct: Number(row[`d${i}`]) };
      if (values > 0 && (type === 'text' || type === 'categorical'))
        known.text = {
          minimumLength: Number(row[`a${i}`]),
          maximumLength: Number(row[`b${i}`]),
          meanLength: Number(row[`l${i}`]),
        };
      if (values > 0 && type === 'date')
        known.date = { minimum: String(row[`a${i}`]), maximum: String(row[`b${i}`]) };
      basics.set(i, known);
    }
  }
  return basics;
}

async function valuesOf(
  engine: TableEngine,
  relation: string,
  column: ProfiledColumn,
  { rows, values, distinct, text, date }: Basics,
  numeric: NumericStatistics | undefined,
): Promise<ColumnStatistics> {
  const missing = rows - values;
  const counted =
    (isNumber(column) || column.type === 'date') && distinct > SEEMING
      ? undefined
      : await valueCounts(engine, relation, `c${column.index}`);
  const exact = counted !== undefined && counted.distinct <= EXACT_DISTINCT;
  const commonest =
    counted === undefined
      ? await commonestOf(engine, relation, column, numeric)
      : (counted.top[0]?.rows ?? 0);
  return {
    name: column.name,
    type: column.type,
    missing,
    missingShare: rows === 0 ? 0 : missing / rows,
    distinct: counted?.distinct ?? distinct,
    distinctExact: exact || counted !== undefined,
    nearConstant: rows > 0 && Math.max(commonest, missing) >= NEAR_CONSTANT * rows,
    ...(numeric === undefined ? {} : { numeric }),
    ...(counted === undefined || counted.top.length === 0 ? {} : { top: counted.top }),
    ...(text === undefined ? {} : { text }),
    ...(date === undefined ? {} : { date }),
  };
}

/** A value that has nearly all rows is the median too. */
async function commonestOf(
  engine: TableEngine,
  relation: string,
  { index }: ProfiledColumn,
  numeric: NumericStatistics | undefined,
): Promise<number> {
  const median = numeric?.quantiles.find(({ probability }) => probability === 0.5)?.value;
  if (median === undefined) return 0;
  const { rows } = await engine.row<{ rows: number }>(
    `select count(*) as rows from ${relation} where c${index} = $1::double`,
    [median],
  );
  return rows;
}
