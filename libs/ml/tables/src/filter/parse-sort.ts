import { FilterError } from './filter-error';
import { queryableNamed } from './queryable';
import type { Queryable } from './queryable';

export interface SortKey {
  column: Queryable;
  descending: boolean;
}

const MOST_KEYS = 8;

/**
 * Reads an order such as `-age,name`: by age, the greatest first, and then by name. A name with a comma, or that begins
 * with a minus sign, stands in "double quotes". Missing values come last either way.
 * @throws FilterError
 */
export function parseSort(text: string, columns: Queryable[]): SortKey[] {
  const keys: SortKey[] = [];
  let at = 0;
  while (at <= text.length) {
    const match = /\s*(-|\+)?\s*(?:"((?:[^"]|"")+)"|([^",]+?))\s*(?:,|$)/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (found === null)
      throw new FilterError(
        'The sort order cannot be read',
        at + 1,
        'columns with commas between them, such as -age,name',
      );
    const name = found[2]?.replaceAll('""', '"') ?? found[3] ?? '';
    const column = queryableNamed(name, columns, at + 1);
    if (keys.some((key) => key.column.name === column.name))
      throw new FilterError(`${column.name} stands twice in the sort order`, at + 1);
    keys.push({ column, descending: found[1] === '-' });
    at = match.lastIndex;
    if (!found[0].endsWith(',')) break;
  }
  if (keys.length > MOST_KEYS) throw new FilterError(`A sort order takes at most ${MOST_KEYS} columns`, 1);
  return keys;
}
