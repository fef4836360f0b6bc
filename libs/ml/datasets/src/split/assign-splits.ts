import type { DatasetSplit, SplitRequest } from '@modelyard/contracts';
import { stratifiedSplit } from '@modelyard/ml-statistics';
import type { TableEngine } from '@modelyard/ml-tables';
import { CLASSES, SAMPLES } from '../build/names';
import { readIntegers } from '../build/read-integers';
import { DEFAULT_SPLIT } from './default-split';

const NAMES = ['train', 'validation', 'test'] as const;

/** Gives every sample of the version that has none a split, and says how that was done. */
export async function assignSplits(
  engine: TableEngine,
  request: SplitRequest = {},
): Promise<Omit<DatasetSplit, 'counts'>> {
  const { seed, fractions } = { ...DEFAULT_SPLIT, ...request };
  await stratify(engine, fractions, seed);
  return { method: request.method ?? 'stratified', seed, fractions };
}

async function stratify(
  engine: TableEngine,
  fractions: DatasetSplit['fractions'],
  seed: number,
): Promise<void> {
  const { rows } = await engine.row<{ rows: number }>(
    `select count(*) as rows from ${SAMPLES} where split is null`,
  );
  // By content, so that the same samples are divided in the same way in whatever order they came.
  const [row, place] = (await readIntegers(
    engine,
    rows,
    2,
    `select s.row::integer, c.place::integer from ${SAMPLES} s join ${CLASSES} c on c.name = s.label
     where s.split is null order by s.digest, s.row`,
  )) as [Int32Array, Int32Array];
  const split = stratifiedSplit(place, fractions, seed);
  await engine.run('create or replace temp table version_split(row integer, split integer)');
  const appender = await engine.appender('version_split');
  NAMES.forEach((name, code) => {
    for (const position of split[name]) {
      appender.appendInteger(row[position] as number);
      appender.appendInteger(code);
      appender.endRow();
    }
  });
  appender.closeSync();
  await engine.run(
    `update ${SAMPLES} set split = list_extract(['train', 'validation', 'test'], s.split + 1)
     from version_split s where s.row = ${SAMPLES}.row`,
  );
  await engine.run('drop table version_split');
}
