import type { Page } from '@modelyard/contracts';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Position } from './page-token';
import { decodePageToken, encodePageToken } from './page-token';

export interface PageRequest {
  pageSize: number;
  pageToken?: string;
}

export interface KeysetColumn {
  expression: SQLWrapper;
  direction: 'asc' | 'desc';
  /** PostgreSQL's type, where a parameter's cannot be told from the expression. */
  type?: string;
}

/**
 * A list that is read page by page from where the last one ended, at the same cost for every page.
 * The last column must tell rows apart.
 */
export class Keyset {
  constructor(
    private readonly list: string,
    private readonly columns: KeysetColumn[],
  ) {}

  orderBy(): SQL {
    return sql.join(
      this.columns.map(({ expression, direction }) => sql`${expression} ${sql.raw(direction)}`),
      sql`, `,
    );
  }

  /** One row more than the page, so that the end is seen without another query. */
  limit(request: PageRequest): number {
    return request.pageSize + 1;
  }

  /** The condition for what comes after the page that the token was made for; undefined on the first page. */
  after(request: PageRequest): SQL | undefined {
    if (request.pageToken === undefined) return undefined;
    const position = decodePageToken(this.list, request.pageToken, this.columns.length);
    const alternatives = this.columns.map((_, last) => this.beyond(position, last));
    return sql`(${sql.join(alternatives, sql` or `)})`;
  }

  toPage<Row, T>(
    rows: Row[],
    request: PageRequest,
    positionOf: (row: Row) => Position,
    map: (row: Row) => T,
  ): Page<T> {
    const shown = rows.slice(0, request.pageSize);
    const last = shown.at(-1);
    const items = shown.map(map);
    if (rows.length <= request.pageSize || last === undefined) return { items };
    return { items, nextPageToken: encodePageToken(this.list, positionOf(last)) };
  }

  /** Equal in the columns before `last`, and further in `last`. */
  private beyond(position: Position, last: number): SQL {
    const conditions = this.columns.slice(0, last + 1).map(({ expression, direction, type }, index) => {
      const cast = type === undefined ? sql`` : sql.raw(`::${type}`);
      const value = position[index] ?? null;
      if (value === null) return index < last ? sql`${expression} is null` : sql`false`;
      if (index < last) return sql`${expression} = ${value}${cast}`;
      return sql`${expression} ${sql.raw(direction === 'asc' ? '>' : '<')} ${value}${cast}`;
    });
    return sql`(${sql.join(conditions, sql` and `)})`;
  }
}
