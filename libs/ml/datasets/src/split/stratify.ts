import { stratifiedSplit } from '@modelyard/ml-statistics';
import type { TableEngine } from '@modelyard/ml-tables';
import { CLASSES, SAMPLES } from '../build/names';
import { readIntegers } from '../build/read-integers';
import type { SplitOptions } from './default-split';
import { setSplits } from './set-splits';

/** Divides the samples that have no split yet, so that each class keeps its share in each. */
export async function stratify(engine: TableEngine, { fractions, seed }: SplitOptions): Promise<void> {
  const { rows } = await engine.row<{ rows: number }>(
    `select count(*) as rows from ${SAMPLES} where split is null`,
  );
  // By content, so that the same samples are divided in the same way in whatever order they came.
  const [row, place] = (await readIntegers(
    engine,
    rows,
    2,
    `select s."row"::integer, c.place from ${SAMPLES} s join ${CLASSES} c on c.name = s.label
     where s.split is null order by s.digest, s."row"`,
  )) as [Int32Array, Int32Array];
  const split = stratifiedSplit(place, fractions, seed);
  // Most are for training, and need not be named one by one.
  for (const name of ['validation', 'test'] as const) {
    await setSplits(
      engine,
      Array.from(split[name], (position) => row[position] as number),
      () => name,
    );
  }
  await engine.run(`update ${SAMPLES} set split = 'train' where split is null`);
}
