import type { ColumnStatistics } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { isNumber } from './profiled-column';
import type { ProfiledColumn } from './profiled-column';

const SAMPLE = 25_000;
const BINS = 100;
const SUSPECTED_FROM = 0.99;
/** Of the guesses that guessing the commonest class gets wrong, a leak gets at least so many right. */
const GAIN = 0.9;
const FEWEST_ROWS = 30;

/**
 * How well a column alone tells the class. Half of the rows are learnt from, the class that is commonest at each value
 * (of numbers with more than 100 values: in each hundredth), and the other half is guessed, and the other way round, so
 * that a column of unique values tells nothing. `baseline` is what guessing the commonest class gets. Of more than
 * 25,000 rows, about so many are looked at, the same ones each time. A leak is suspected where 99 % are right.
 * @param label a column of the relation
 */
export async function leakOf(
  engine: TableEngine,
  relation: string,
  column: ProfiledColumn,
  label: string,
  rows: number,
  distinct: number,
): Promise<ColumnStatistics['leak']> {
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  const value = `c${column.index}`;
  const bucket =
    isNumber(column) && distinct > BINS
      ? `case when v is not null then floor(percent_rank() over (partition by v is null order by v) * ${BINS}) end`
      : 'v';
  const { right, common, total } = await engine.row<{ right: number; common: number; total: number }>(
    `with picked as (select ${value} as v, ${label} as y, hash(row, 7) % 2 as half from ${relation}
        where ${label} is not null and hash(row) % ${step} = 0),
      cells as (select ${bucket} as b, y, half from picked),
      counts as (select b, y, half, count(*) as n from cells group by all),
      learnt as (select b, half, arg_max(y, (n, y)) as guess from counts group by all),
      usual as (select half, arg_max(y, (n, y)) as guess from (select half, y, sum(n) as n from counts group by all) group by all)
      select coalesce(sum(n) filter (counts.y = coalesce(learnt.guess, usual.guess)), 0)::bigint as "right",
        coalesce(sum(n) filter (counts.y = usual.guess), 0)::bigint as common, coalesce(sum(n), 0)::bigint as total
      from counts left join usual on usual.half = 1 - counts.half
        left join learnt on learnt.half = 1 - counts.half and learnt.b is not distinct from counts.b`,
  );
  if (total === 0) return undefined;
  const accuracy = right / total;
  const baseline = common / total;
  const suspected =
    total >= FEWEST_ROWS &&
    accuracy >= SUSPECTED_FROM &&
    accuracy - baseline >= GAIN * (1 - baseline) &&
    baseline < 1;
  return { accuracy, baseline, suspected };
}
