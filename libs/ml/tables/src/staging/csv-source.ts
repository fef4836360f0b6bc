import type { Parameter, TableEngine } from '../engine/table-engine';
import { isSurelyOfType, isTellable } from './column-checks';
import { addCsvRejects } from './csv-rejects';
import type { CsvLayout } from './csv-layout';
import type { TextRelation } from './infer-types';
import { splitExpression, STORED_TYPES } from './load-plan';
import type { LoadPlan, PlannedColumn } from './load-plan';
import type { PreparedText } from './prepare-text';
import { MOST_REJECTS } from './stage-options';
import type { StageOptions } from './stage-options';

/** A CSV file, and where in it the columns stand. */
export interface CsvFile {
  text: PreparedText;
  layout: CsvLayout;
  /** For each column of the table, its number in this file. */
  order: number[];
}

/** How programs write that there is no value. */
const USUAL_NULLS = ['NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'null'];

type Bind = (value: Parameter) => string;

/** All files' rows as text, `c0` … in the table's order. */
export function csvTextRelation(files: CsvFile[], csv: StageOptions['csv']): TextRelation {
  const parameters: Parameter[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const parts = files.map((file) => {
    const columns = file.order.map((from, i) => `f${from} as c${i}`).join(', ');
    return `select ${columns} from ${readCsv(file, csv, () => 'varchar', bind, 'ignore_errors = true')}`;
  });
  return { sql: `(${parts.join(' union all ')})`, parameters };
}

/**
 * Adds a file's rows to `staged` and those that cannot be read to `rejects`.
 * @param first the number of its first row
 */
export async function loadCsv(
  engine: TableEngine,
  file: CsvFile,
  number: number,
  plan: LoadPlan,
  first: number,
  csv: StageOptions['csv'],
): Promise<void> {
  const parameters: Parameter[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const inFile = (i: number): string => `f${file.order[i]}`;
  const types = new Map(
    plan.columns.flatMap((column) =>
      column.from === undefined ? [] : [[inFile(column.from), readType(column)]],
    ),
  );
  const values = plan.columns.map((column) =>
    column.from === undefined ? `${bind(file.text.source.label ?? '')}::varchar` : inFile(column.from),
  );
  const rejects = `reject_errors_${number}`;
  const scans = `reject_scans_${number}`;
  const source = readCsv(
    file,
    csv,
    (name) => types.get(name) ?? 'varchar',
    bind,
    `store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${scans}', rejects_limit = ${MOST_REJECTS + 1}`,
  );
  const split = splitExpression(plan, inFile, file.text.source);
  await engine.run(
    `insert into staged select null, ${split}, ${values.join(', ')} from ${source}`,
    parameters,
  );
  await numberRows(engine, first);
  await addCsvRejects(engine, rejects, file, plan);
  await engine.run(`drop table ${rejects}`);
  await engine.run(`drop table ${scans}`);
}

/**
 * Adds a file's rows to `staged`, read and checked in one pass.
 * @throws TableError for a row that cannot be read, or a value that does not surely suit: then nothing is added
 */
export async function loadSuitingCsv(
  engine: TableEngine,
  file: CsvFile,
  plan: LoadPlan,
  first: number,
  csv: StageOptions['csv'],
): Promise<void> {
  const parameters: Parameter[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const inFile = (i: number): string => `f${file.order[i]}`;
  const casts: string[] = [];
  const values = plan.columns.map((column, i) => {
    if (column.from === undefined) return `${bind(file.text.source.label ?? '')}::varchar`;
    const text = inFile(column.from);
    if (!isTellable(column.type)) return text;
    const stored = STORED_TYPES[column.type];
    const cast = `t${i}`;
    casts.push(`try_cast(${text} as ${stored}) as ${cast}`);
    const suits = isSurelyOfType(column.type, text, cast);
    return `case when ${text} is null then null when ${suits} then ${cast} else error('unsuited')::${stored} end`;
  });
  const source = readCsv(file, csv, () => 'varchar', bind);
  const split = splitExpression(plan, inFile, file.text.source);
  await engine.run(
    `insert into staged select null, ${split}, ${values.join(', ')} from (select ${['*', ...casts].join(', ')} from ${source})`,
    parameters,
  );
  await numberRows(engine, first);
}

/** Rows arrive in the file's order. Numbering them as they arrive (row_number) would keep DuckDB to one thread. */
async function numberRows(engine: TableEngine, first: number): Promise<void> {
  await engine.run(
    `update staged set row = $1::bigint + rowid - (select min(rowid) from staged where row is null) where row is null`,
    [first],
  );
}

/** DuckDB rounds a fraction that it reads as an integer; where there are some, they are read as they are and refused later. */
export function readType(column: PlannedColumn): string {
  return column.type === 'integer' && column.suiting < column.values ? 'double' : STORED_TYPES[column.type];
}

function readCsv(
  { text, layout }: CsvFile,
  csv: StageOptions['csv'],
  type: (name: string) => string,
  bind: Bind,
  more?: string,
): string {
  const columns = layout.names.map((_, i) => `'f${i}': '${type(`f${i}`)}'`).join(', ');
  const nulls = ['', ...(csv?.nullValues ?? USUAL_NULLS)].map((value) => bind(value)).join(', ');
  const quote = bind(layout.quote);
  return `read_csv(${bind(text.path)}, auto_detect = false, header = ${layout.header}, delim = ${bind(layout.delimiter)},
    quote = ${quote}, escape = ${quote}, nullstr = [${nulls}], columns = {${columns}}${more === undefined ? '' : `, ${more}`})`;
}
