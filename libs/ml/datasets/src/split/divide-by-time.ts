import { timeBoundaries } from '@modelyard/ml-statistics';
import type { TableEngine } from '@modelyard/ml-tables';
import { SAMPLES, VALUES } from '../build/names';
import { readIntegers } from '../build/read-integers';
import type { SplitOptions } from './default-split';

const TIMES = 'version_times';

/**
 * Divides the samples that have no split yet by a column's order: the earliest are for training, the last for the test.
 * Samples without a value count as the earliest.
 * @param column of `version_values`
 */
export async function divideByTime(
  engine: TableEngine,
  column: string,
  { fractions }: Pick<SplitOptions, 'fractions'>,
): Promise<void> {
  await engine.run(
    `create or replace temp table ${TIMES} as
     select s."row", (dense_rank() over (order by v.${column} nulls first) - 1)::integer as time
     from ${SAMPLES} s join ${VALUES} v using ("row") where s.split is null`,
  );
  const { times } = await engine.row<{ times: number }>(
    `select coalesce(max(time) + 1, 0) as times from ${TIMES}`,
  );
  const [counts] = (await readIntegers(
    engine,
    times,
    1,
    `select count(*)::integer from ${TIMES} group by time order by time`,
  )) as [Int32Array];
  const { train, validation } = timeBoundaries(counts, fractions);
  await engine.run(
    `update ${SAMPLES} set split = case when t.time < ${train} then 'train' when t.time < ${validation} then 'validation'
       else 'test' end from ${TIMES} t where t."row" = ${SAMPLES}."row"`,
  );
  await engine.run(`drop table ${TIMES}`);
}
