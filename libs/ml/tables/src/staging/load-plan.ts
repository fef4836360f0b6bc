import type { ColumnType } from '@modelyard/contracts';
import type { SourceFile } from './source-file';
import type { InferredColumn } from './infer-types';

/** What becomes of a file's columns: which of them goes where in `staged`, as what. */
export interface LoadPlan {
  /** Columns of `staged`, in order; `from` is the file's column, absent where the file's label is the value. */
  columns: PlannedColumn[];
  /** The file's column that tells the split. */
  splitFrom?: number;
  /** Index in `columns`. */
  target: number;
}

export interface PlannedColumn extends InferredColumn {
  name: string;
  from?: number;
}

/** How `staged` keeps a type. */
export const STORED_TYPES: Record<ColumnType, string> = {
  numeric: 'double',
  integer: 'bigint',
  categorical: 'varchar',
  boolean: 'boolean',
  date: 'timestamp',
  text: 'varchar',
  image: 'varchar',
};

/** SQL for the split of a row: what the file's column says, else what is known of the whole file. */
export function splitExpression(plan: LoadPlan, column: (i: number) => string, file: SourceFile): string {
  if (plan.splitFrom === undefined) return file.split === undefined ? 'null' : `'${file.split}'`;
  const text = `lower(trim(${column(plan.splitFrom)}::varchar))`;
  return `case ${text} when 'val' then 'validation' when '' then null else ${text} end`;
}
