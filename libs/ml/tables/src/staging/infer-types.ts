import type { ColumnType } from '@modelyard/contracts';
import type { Parameter, TableEngine } from '../engine/table-engine';
import { isOfType, isTellable, TELLABLE_TYPES } from './column-checks';
import type { TellableType } from './column-checks';

/** Columns `c0` … of text, as a statement to stand after `from`, and its parameters. */
export interface TextRelation {
  sql: string;
  parameters: Parameter[];
  /** Columns whose type is known and whose values are not looked at: they need not be text. */
  typed?: (i: number) => boolean;
}

export interface InferredColumn {
  type: ColumnType;
  /** Rows with a value. */
  values: number;
  /** Values that are of the type, where text can be told to have it. */
  suiting: number;
  /** About how many different values there are; known of columns of text, and of `counted`. */
  distinct?: number;
}

const SAMPLE = 5_000;
const AGGREGATES_AT_ONCE = 512;
/** A column is still one of numbers when one value in twenty is not: those are mistakes, and become rejects. */
const TOLERANCE = 0.95;
const TOLERATE_FROM = 20;
const FEW_VALUES = 50;
const MOST_CATEGORIES = 1_000;
const LONG_TEXT = 100;

/**
 * The types of columns of text, by all of their values: the narrowest of integer, numeric, boolean and date that all
 * values have (from 20 values on, 95 %), else categorical or text. A column is categorical when it has up to 50 different
 * values, or up to 1,000 and no more than half as many as rows, and they have 100 characters or fewer on average.
 * @param given types that are known
 * @param counted columns whose different values are counted, whatever their type
 */
export async function inferTypes(
  engine: TableEngine,
  relation: TextRelation,
  columns: number,
  given: (ColumnType | undefined)[],
  counted: number[] = [],
): Promise<InferredColumn[]> {
  const all = Array.from({ length: columns }, (_, i) => i);
  const guessing = all.filter((i) => given[i] === undefined);
  const looked = all.filter((i) => relation.typed?.(i) !== true || given[i] === undefined);
  const guesses = new Map(looked.map((i) => [i, given[i]]));
  for (const [i, { type }] of await guessTypes(engine, relation, guessing)) guesses.set(i, type);
  const found = await checkGuesses(engine, relation, guesses, counted);
  const wrong = guessing.filter((i) => {
    const column = found[i] as InferredColumn;
    return isTellable(column.type) && column.suiting < column.values;
  });
  for (const [i, counts] of await countEach(engine, relation, wrong, TELLABLE_TYPES)) {
    const type = typeOf(counts);
    if (type === undefined) guesses.set(i, 'text');
    else found[i] = { ...found[i], type, values: counts.values, suiting: counts.of[type] };
  }
  const texts = wrong.filter((i) => guesses.get(i) === 'text');
  const again = await checkGuesses(engine, relation, new Map(texts.map((i) => [i, 'text'])));
  for (const i of texts) found[i] = again[i] as InferredColumn;
  return all.map((i) => {
    const column = found[i] ?? { type: 'text', values: 0, suiting: 0 };
    return { ...column, type: given[i] ?? (column.values === 0 ? 'categorical' : column.type) };
  });
}

/**
 * The types of columns of text by the first 5,000 rows, and whether all of these suit. Of a column that is empty there
 * nothing is known yet: the narrowest type is to be looked at again.
 */
export async function guessTypes(
  engine: TableEngine,
  relation: TextRelation,
  columns: number[],
): Promise<Map<number, { type: TellableType | 'text'; all: boolean }>> {
  const sample = { ...relation, sql: `(select * from ${relation.sql} limit ${SAMPLE})` };
  const counted = await countEach(engine, sample, columns, TELLABLE_TYPES);
  return new Map(
    [...counted].map(([i, counts]) => {
      const type = counts.values === 0 ? 'integer' : (typeOf(counts) ?? 'text');
      return [i, { type, all: type === 'text' || counts.of[type] === counts.values }];
    }),
  );
}

interface TypeCounts {
  values: number;
  of: Record<TellableType, number>;
}

function typeOf({ values, of }: TypeCounts): TellableType | undefined {
  if (values === 0) return undefined;
  const all = TELLABLE_TYPES.find((type) => of[type] === values);
  if (all !== undefined || values < TOLERATE_FROM) return all;
  return TELLABLE_TYPES.find((type) => of[type] >= values * TOLERANCE);
}

async function countEach(
  engine: TableEngine,
  relation: TextRelation,
  columns: number[],
  types: readonly TellableType[],
): Promise<Map<number, TypeCounts>> {
  if (columns.length === 0) return new Map();
  const counts = columns.flatMap((i) => [
    `count(c${i}) as v${i}`,
    ...types.map((type) => `count(*) filter (${isOfType(type, `c${i}`)}) as ${type}${i}`),
  ]);
  const row = await aggregate(engine, relation, counts);
  return new Map(
    columns.map((i) => [
      i,
      {
        values: row[`v${i}`] ?? 0,
        of: Object.fromEntries(types.map((type) => [type, row[`${type}${i}`] ?? 0])) as TypeCounts['of'],
      },
    ]),
  );
}

/** DuckDB's planner is slow over thousands of aggregates: a wide table is scanned several times instead. */
async function aggregate(
  engine: TableEngine,
  relation: TextRelation,
  expressions: string[],
): Promise<Record<string, number>> {
  const row: Record<string, number> = {};
  for (let i = 0; i < expressions.length; i += AGGREGATES_AT_ONCE)
    Object.assign(
      row,
      await engine.row<Record<string, number>>(
        `select ${expressions.slice(i, i + AGGREGATES_AT_ONCE).join(', ')} from ${relation.sql}`,
        relation.parameters,
      ),
    );
  return row;
}

/** @returns by column number */
async function checkGuesses(
  engine: TableEngine,
  relation: TextRelation,
  guesses: Map<number, ColumnType | undefined>,
  counted: number[] = [],
): Promise<InferredColumn[]> {
  if (guesses.size === 0 && counted.length === 0) return [];
  const wanted = [...guesses].flatMap(([i, type]) =>
    type !== undefined && isTellable(type)
      ? [`count(c${i}) as v${i}`, `count(*) filter (${isOfType(type, `c${i}`)}) as s${i}`]
      : [
          `count(c${i}) as v${i}`,
          `approx_count_distinct(c${i}) as d${i}`,
          `coalesce(avg(length(c${i})), 0) as l${i}`,
        ],
  );
  for (const i of counted)
    if (!guesses.has(i) || isTellable(guesses.get(i) ?? 'text'))
      wanted.push(`approx_count_distinct(c${i}) as d${i}`);
  const row = await aggregate(engine, relation, ['count(*) as "rows"', ...wanted]);
  const columns: InferredColumn[] = [];
  for (const i of counted) columns[i] = { type: 'text', values: 0, suiting: 0, distinct: row[`d${i}`] ?? 0 };
  for (const [i, guess] of guesses) {
    const values = row[`v${i}`] ?? 0;
    const told = guess === 'text' ? textKind(row[`d${i}`] ?? 0, row[`l${i}`] ?? 0, row['rows'] ?? 0) : guess;
    columns[i] = { type: told ?? 'text', values, suiting: row[`s${i}`] ?? values };
    const distinct = row[`d${i}`];
    if (distinct !== undefined) columns[i].distinct = distinct;
  }
  return columns;
}

/** What a column of text is. */
export function textKind(distinct: number, meanLength: number, rows: number): ColumnType {
  if (meanLength > LONG_TEXT) return 'text';
  if (distinct <= FEW_VALUES) return 'categorical';
  return distinct <= MOST_CATEGORIES && distinct <= rows / 2 ? 'categorical' : 'text';
}
