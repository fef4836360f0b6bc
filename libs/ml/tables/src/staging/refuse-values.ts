import type { TableEngine } from '../engine/table-engine';
import type { LoadPlan } from './load-plan';
import { reasonOf } from './rejects';

/** Where a staged row came from. */
export interface StagedFile {
  name: string;
  /** Numbers of its rows: from `first` to below `end`. */
  first: number;
  end: number;
  /** The lines of some of its rows, where they can be told. */
  lines(rows: number[]): Promise<Map<number, number>>;
}

interface Check {
  i: number;
  name: string;
  where: string;
  reason: string | undefined;
}

/**
 * Moves rows out of `staged` into `rejects` that DuckDB could read and that still cannot be taken: infinities, fractions
 * in columns of whole numbers, rows without a class. NaN becomes a missing value.
 * @param options.finite whether all numbers are known to be so
 */
export async function refuseValues(
  engine: TableEngine,
  plan: LoadPlan,
  files: StagedFile[],
  options: { finite?: boolean } = {},
): Promise<void> {
  const finite = options.finite === true;
  const checks = plan.columns.flatMap((column, i): Check[] => {
    if (i === plan.target)
      return [
        { i, name: column.name, where: `c${i} is null or trim(c${i}) = ''`, reason: 'The class is missing.' },
      ];
    if (column.type === 'numeric' && !finite)
      return [{ i, name: column.name, where: `isinf(c${i})`, reason: 'The number is not finite.' }];
    if (column.type === 'integer' && column.suiting < column.values)
      return [
        {
          i,
          name: column.name,
          where: `c${i} != trunc(c${i}) or not isfinite(c${i}) or abs(c${i}) >= 9.2e18`,
          reason: undefined,
        },
      ];
    return [];
  });
  const numeric = plan.columns.flatMap((column, i) =>
    column.type === 'numeric' && i !== plan.target && !finite ? [i] : [],
  );
  const found = await engine.row<Record<string, number>>(
    `select ${[
      'count(*) as "all"',
      ...checks.map(({ where }, k) => `count(*) filter (${where}) as n${k}`),
      ...numeric.map((i) => `count(*) filter (isnan(c${i})) as nan${i}`),
    ].join(', ')} from staged`,
  );
  for (const i of numeric)
    if ((found[`nan${i}`] ?? 0) > 0) await engine.run(`update staged set c${i} = null where isnan(c${i})`);
  for (const [k, check] of checks.entries()) {
    if ((found[`n${k}`] ?? 0) === 0) continue;
    const reason = check.reason ?? reasonOf('integer', undefined);
    for (const file of files) await refuse(engine, file, check.i, check.name, check.where, reason);
  }
}

const LINES_TOLD = 1_000;

async function refuse(
  engine: TableEngine,
  file: StagedFile,
  i: number,
  name: string,
  where: string,
  reason: string,
): Promise<void> {
  const within = `row >= ${file.first} and row < ${file.end} and (${where})`;
  const rows = await engine.rows<{ row: number }>(
    `select row from staged where ${within} order by row limit ${LINES_TOLD}`,
  );
  if (rows.length === 0) return;
  const lines = await file.lines(rows.map(({ row }) => row));
  const known = [...lines].map(([row, line]) => `(${row}, ${line})`).join(', ') || '(-1, -1)';
  await engine.run(
    `insert into rejects select $1, known.line, $2, s.c${i}::varchar, $3, null
      from (select * from staged where ${within}) s left join (values ${known}) known(row, line) on known.row = s.row
      order by s.row`,
    [file.name, name, reason],
  );
  await engine.run(`delete from staged where ${within}`);
}
