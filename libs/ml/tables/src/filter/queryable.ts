import type { ColumnType } from '@modelyard/contracts';
import { FilterError } from './filter-error';

/** A column that people may name, and how it is written in a statement. */
export interface Queryable {
  /** What people call it. */
  name: string;
  /** SQL of the caller's own, such as `c3`: never a user's text. */
  expression: string;
  type: ColumnType;
}

/**
 * The column of a name: the very same, or else the only one that differs in case alone.
 * @throws FilterError that names what comes near, or what there is
 */
export function queryableNamed(name: string, columns: Queryable[], position: number): Queryable {
  const exact = columns.find((column) => column.name === name);
  if (exact !== undefined) return exact;
  const alike = columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  if (alike.length === 1) return alike[0] as Queryable;
  const known = columns.slice(0, 20).map((column) => column.name);
  const more = columns.length > known.length ? ', …' : '';
  throw new FilterError(
    `There is no column ${JSON.stringify(name)}`,
    position,
    `one of ${known.join(', ')}${more}`,
  );
}
