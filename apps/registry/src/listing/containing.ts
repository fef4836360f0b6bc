import type { SQL, SQLWrapper } from 'drizzle-orm';
import { sql } from 'drizzle-orm';

/** `column` holds `part` somewhere, in any case; no condition when there is nothing to look for. */
export function containing(column: SQLWrapper, part: string | undefined): SQL | undefined {
  if (part === undefined || part === '') return undefined;
  const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`${column} ilike ${pattern}`;
}
