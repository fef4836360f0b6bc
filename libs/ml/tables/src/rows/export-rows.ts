import { compileFilter } from '../filter/compile-filter';
import type { FilterNode } from '../filter/filter-node';
import type { Queryable } from '../filter/queryable';
import type { TableEngine } from '../engine/table-engine';
import { quoteIdentifier } from './quote-identifier';

export interface ExportRequest {
  /** The caller's own name, never a user's text. Its column `row` gives the order. */
  relation: string;
  /** Written under their names, which differ (Parquet and CSV know no difference in case). */
  columns: Queryable[];
  filterable?: Queryable[];
  filter?: FilterNode;
  format: 'csv' | 'jsonl' | 'parquet';
  /** A file in one of the engine's folders; it is replaced. */
  path: string;
}

const FORMATS = {
  csv: `format csv, header true, timestampformat '%Y-%m-%dT%H:%M:%S.%gZ'`,
  jsonl: `format json, timestampformat '%Y-%m-%dT%H:%M:%S.%gZ'`,
  parquet: 'format parquet, compression zstd',
};

/**
 * Writes rows to a file, in their order, in bounded memory. Values are written as they are: a text that begins with `=`,
 * `+`, `-` or `@` stays such a text, and a spreadsheet that opens the CSV may take it for a formula.
 * @throws FilterError, TableError
 */
export async function exportRows(engine: TableEngine, request: ExportRequest): Promise<void> {
  const { relation, columns, filter, format, path } = request;
  const compiled = filter === undefined ? undefined : compileFilter(filter, request.filterable ?? columns);
  const names = distinctNames(columns.map((column) => column.name));
  const values = columns.map((column, i) => `${column.expression} as ${quoteIdentifier(names[i] as string)}`);
  const where = compiled === undefined ? '' : `where ${compiled.sql}`;
  await engine.run(
    `copy (select ${values.join(', ')} from ${relation} ${where} order by row)
      to '${path.replaceAll("'", "''")}' (${FORMATS[format]})`,
    compiled?.parameters,
  );
}

/** DuckDB takes `Age` and `age` for the same column; the second becomes `age_2`. */
function distinctNames(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let i = 2; taken.has(free.toLowerCase()); i += 1) free = `${name}_${i}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
