import type { ColumnType } from '@modelyard/contracts';

/** A column `c<index>` of a relation. */
export interface ProfiledColumn {
  index: number;
  name: string;
  type: ColumnType;
}

/** Numbers or integers: what has a mean. */
export function isNumber({ type }: ProfiledColumn): boolean {
  return type === 'numeric' || type === 'integer';
}

/** Columns of a statement: so many are profiled at once that the aggregates' memory stays small. */
export const AT_ONCE = 64;

export function batches<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
