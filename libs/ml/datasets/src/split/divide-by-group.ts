import type { SplitName } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';
import { groupedSplit } from '@modelyard/ml-statistics';
import type { TableEngine } from '@modelyard/ml-tables';
import { CLASSES, SAMPLES, VALUES } from '../build/names';
import { readIntegers } from '../build/read-integers';
import type { SplitOptions } from './default-split';
import { setSplits } from './set-splits';

const GROUPS = 'version_groups';
/** Counts of groups by class that are kept in memory; beyond, groups are divided by their sizes alone. */
const MOST_COUNTS = 20_000_000;

/**
 * Divides the samples that have no split yet, those with one value of a column together. A group that has a split already,
 * because samples were added, keeps it. A sample without a value is a group of its own.
 * @param column of `version_values`
 */
export async function divideByGroup(
  engine: TableEngine,
  column: string,
  { fractions, seed }: SplitOptions,
): Promise<void> {
  await engine.run(
    `create or replace temp table ${GROUPS} as
     select "row", (dense_rank() over (order by name) - 1)::integer as key from (
       select s."row", coalesce('=' || v.${column}::varchar, 'no ' || hex(s.digest) || s."row") as name
       from ${SAMPLES} s join ${VALUES} v using ("row"))`,
  );
  await engine.run(
    `update ${SAMPLES} set split = known.split from (
       select g."row", k.split from ${GROUPS} g join (
         select g.key, min(s.split) as split from ${GROUPS} g join ${SAMPLES} s using ("row") group by g.key
       ) k on k.key = g.key where k.split is not null
     ) known where known."row" = ${SAMPLES}."row" and ${SAMPLES}.split is null`,
  );
  const { keys, classes } = await engine.row<{ keys: number | null; classes: number }>(
    `select max(key) + 1 as keys, (select count(*) from ${CLASSES}) as classes from ${GROUPS}`,
  );
  const groups = keys ?? 0;
  const width = groups * classes > MOST_COUNTS ? 1 : classes;
  const place = width === 1 ? '0' : 'c.place';
  const counted = `select g.key, ${place} as place, s.split, count(*)::integer as rows
    from ${GROUPS} g join ${SAMPLES} s using ("row") join ${CLASSES} c on c.name = s.label group by all`;
  const begun = await engine.rows<{ split: SplitName; place: number; rows: number }>(
    `select split, place, sum(rows) as rows from (${counted}) where split is not null group by split, place`,
  );
  const held = Object.fromEntries(
    SPLIT_NAMES.map((name) => {
      const counts = new Array<number>(width).fill(0);
      for (const { split, place: at, rows } of begun) if (split === name) counts[at] = Number(rows);
      return [name, counts];
    }),
  ) as Record<SplitName, number[]>;
  const { lines } = await engine.row<{ lines: number }>(
    `select count(*) as lines from (${counted}) where split is null`,
  );
  const [key, at, rows] = (await readIntegers(
    engine,
    lines,
    3,
    `select key, place::integer, rows from (${counted}) where split is null order by key, place`,
  )) as [Int32Array, Int32Array, Int32Array];
  const counts = new Map<number, number[]>();
  for (let line = 0; line < lines; line++) {
    const known = counts.get(key[line] as number) ?? new Array<number>(width).fill(0);
    known[at[line] as number] = rows[line] as number;
    counts.set(key[line] as number, known);
  }
  // Keys follow the order of the groups' names, so they sort alike as texts of one length.
  const list = [...counts].map(([id, byClass]) => ({ key: String(id).padStart(10, '0'), counts: byClass }));
  const splits = groupedSplit(list, fractions, seed, held);
  await setSplits(engine, [...counts.keys()], (position) => splits[position] as SplitName, GROUPS);
  await engine.run(`drop table ${GROUPS}`);
}
