import { UnreadableData } from '@modelyard/contracts';
import type { Parameter, TableEngine } from '../engine/table-engine';
import { isOfType, isTellable } from './column-checks';
import { splitExpression, STORED_TYPES } from './load-plan';
import type { LoadPlan, PlannedColumn } from './load-plan';
import { reasonOf } from './rejects';
import type { SourceFile } from './source-file';
import { MOST_REJECTS } from './stage-options';

/** Rows of a file, with the number of each. */
export interface NumberedRows {
  /** To stand after `from`: columns `line` (from 1), `raw` (text, or null) and `f0` …. */
  sql: string;
  parameters: Parameter[];
  /** Whether `f<i>` is of the stored type already, and needs no check. */
  typed(i: number): boolean;
}

/** Adds rows to `staged`, row number `first + line - 1`, and those with a value that its column cannot hold to `rejects`. */
export async function loadChecked(
  engine: TableEngine,
  rows: NumberedRows,
  file: SourceFile,
  plan: LoadPlan,
  first: number,
): Promise<void> {
  const parameters = [...rows.parameters];
  const bind = (value: Parameter): string => `$${parameters.push(value)}`;
  const values = plan.columns.map((column) => {
    if (column.from === undefined) return `${bind(file.label ?? '')}::varchar`;
    return rows.typed(column.from)
      ? `f${column.from}::${STORED_TYPES[column.type]}`
      : `try_cast(f${column.from}::varchar as ${STORED_TYPES[column.type]})`;
  });
  const checks = plan.columns.flatMap((column) => checkOf(column, rows));
  const good = checks.length === 0 ? '' : `where not (${checks.map(({ bad }) => bad).join(' or ')})`;
  const split = splitExpression(plan, (i) => `f${i}`, file);
  await engine.run(
    `insert into staged select ${first} + line - 1, ${split}, ${values.join(', ')} from ${rows.sql} ${good}`,
    parameters,
  );
  if (checks.length > 0) await noteBadRows(engine, rows, file, checks);
}

interface Check {
  column: PlannedColumn;
  bad: string;
}

function checkOf(column: PlannedColumn, rows: NumberedRows): Check[] {
  const { from, type, suiting, values } = column;
  if (from === undefined || rows.typed(from) || !isTellable(type) || suiting >= values) return [];
  const text = `f${from}::varchar`;
  const suits = `coalesce(${isOfType(type, text)} and try_cast(${text} as ${STORED_TYPES[type]}) is not null, false)`;
  return [{ column, bad: `(f${from} is not null and not ${suits})` }];
}

async function noteBadRows(
  engine: TableEngine,
  rows: NumberedRows,
  file: SourceFile,
  checks: Check[],
): Promise<void> {
  const parameters = [...rows.parameters];
  const bind = (value: Parameter): string => `$${parameters.push(value)}::varchar`;
  const name = bind(file.name);
  const pick = (value: (check: Check) => string): string =>
    `case ${checks.map((check) => `when ${check.bad} then ${value(check)}`).join(' ')} end`;
  await engine.run(
    `insert into rejects select ${name}, line, ${pick(({ column }) => bind(column.name))},
      left(${pick(({ column }) => `f${column.from}::varchar`)}, 500),
      ${pick(({ column }) => bind(reasonOf(column.type, undefined)))}, left(raw, 500)
      from ${rows.sql} where ${checks.map(({ bad }) => bad).join(' or ')} order by line limit ${MOST_REJECTS + 1}`,
    parameters,
  );
  await checkRejects(engine, file.name);
}

/** @throws UnreadableData when there are so many that it must be the reading that is wrong */
export async function checkRejects(engine: TableEngine, file: string): Promise<void> {
  const { rejected } = await engine.row<{ rejected: number }>(
    'select count(*) as rejected from rejects where file = $1',
    [file],
  );
  if (rejected > MOST_REJECTS)
    throw new UnreadableData(`${file}: more than ${MOST_REJECTS} rows cannot be read.`, [
      { file, message: `More than ${MOST_REJECTS} rows cannot be read. Are the format and the types right?` },
    ]);
}
