import type { ColumnType } from '@modelyard/contracts';
import type { PlainValue } from '../engine/plain-values';
import type { Parameter, TableEngine } from '../engine/table-engine';
import { TableError } from '../table-error';
import { compileFilter } from '../filter/compile-filter';
import type { FilterNode } from '../filter/filter-node';
import type { SortKey } from '../filter/parse-sort';
import type { Queryable } from '../filter/queryable';
import { InvalidPageToken, readPageToken, writePageToken } from './page-token';
import type { PagePlace } from './page-token';

export interface RowsRequest {
  /** A table or view with a column `row` that numbers its rows. The caller's own name, never a user's text. */
  relation: string;
  /** The values wanted, in this order. */
  columns: Queryable[];
  /** Columns that the filter may name; `columns` when absent. */
  filterable?: Queryable[];
  filter?: FilterNode;
  sort?: SortKey[];
  /** Rows of a page, at least 1. */
  limit: number;
  /** The last page's `next`. */
  after?: string;
}

export interface RowsPage {
  rows: { row: number; values: PlainValue[] }[];
  /** Absent on the last page. */
  next?: string;
}

const CASTS: Record<ColumnType, string> = {
  numeric: 'double',
  integer: 'bigint',
  boolean: 'boolean',
  date: 'timestamp',
  categorical: 'varchar',
  text: 'varchar',
  image: 'varchar',
};

/**
 * A page of rows. A page begins after the last row of the one before, by its values and its number, so that a late page
 * costs what the first costs, and rows are neither skipped nor repeated.
 * @throws InvalidPageToken, FilterError
 */
export async function readRows(engine: TableEngine, request: RowsRequest): Promise<RowsPage> {
  const { relation, columns, filter, limit, after } = request;
  const sort = request.sort ?? [];
  const order = sort.map((key) => `${key.descending ? '-' : '+'}${key.column.name}`).join('\n');
  const parameters: Parameter[] = [];
  const conditions: string[] = [];
  if (filter !== undefined) {
    const compiled = compileFilter(filter, request.filterable ?? columns);
    conditions.push(compiled.sql);
    parameters.push(...compiled.parameters);
  }
  if (after !== undefined)
    conditions.push(afterPlace(sort, readPageToken(after, order, sort.length), parameters));
  const values = columns.map((column, i) => `${column.expression} as v${i}`);
  const keys = sort.map((key, i) => `${key.column.expression} as k${i}`);
  const by = sort.map((key) => `${key.column.expression} ${key.descending ? 'desc' : 'asc'} nulls last`);
  const statement = `select ${['row', ...values, ...keys].join(', ')} from ${relation}
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    order by ${[...by, 'row'].join(', ')} limit ${Math.max(1, Math.trunc(limit)) + 1}`;
  const found = await readPage(engine, statement, parameters, after !== undefined);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const page: RowsPage = {
    rows: rows.map((row) => ({
      row: Number(row['row']),
      values: columns.map((_, i) => row[`v${i}`] ?? null),
    })),
  };
  if (found.length > limit && last !== undefined)
    page.next = writePageToken(
      { row: Number(last['row']), values: sort.map((_, i) => last[`k${i}`] ?? null) },
      order,
    );
  return page;
}

/** The number of rows that a filter lets through. @throws FilterError */
export async function countRows(
  engine: TableEngine,
  request: Pick<RowsRequest, 'relation' | 'filter'> & { columns: Queryable[] },
): Promise<number> {
  const compiled = request.filter === undefined ? undefined : compileFilter(request.filter, request.columns);
  const where = compiled === undefined ? '' : `where ${compiled.sql}`;
  const { rows } = await engine.row<{ rows: number }>(
    `select count(*) as rows from ${request.relation} ${where}`,
    compiled?.parameters,
  );
  return rows;
}

/** A token that was tampered with may hold a text where a date has to stand. */
async function readPage(
  engine: TableEngine,
  statement: string,
  parameters: Parameter[],
  continued: boolean,
): Promise<Record<string, PlainValue>[]> {
  try {
    return await engine.rows(statement, parameters);
  } catch (error) {
    if (continued && error instanceof TableError && error.message.includes('Conversion Error'))
      throw new InvalidPageToken();
    throw error;
  }
}

/** SQL for "behind this place": equal in the first keys and greater in the next, for each key in turn. */
function afterPlace(sort: SortKey[], place: PagePlace, parameters: Parameter[]): string {
  const bind = (value: Parameter): string => `$${parameters.push(value)}`;
  const alternatives: string[] = [];
  const equal: string[] = [];
  sort.forEach(({ column, descending }, i) => {
    const value = place.values[i] ?? null;
    if (value === null) {
      equal.push(`${column.expression} is null`);
      return;
    }
    const bound = `${bind(String(value))}::${CASTS[column.type]}`;
    const beyond = `(${column.expression} ${descending ? '<' : '>'} ${bound} or ${column.expression} is null)`;
    alternatives.push([...equal, beyond].join(' and '));
    equal.push(`${column.expression} = ${bound}`);
  });
  alternatives.push([...equal, `row > ${bind(String(place.row))}::bigint`].join(' and '));
  return `(${alternatives.map((alternative) => `(${alternative})`).join(' or ')})`;
}
