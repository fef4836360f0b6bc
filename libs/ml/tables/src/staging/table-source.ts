import type { ColumnType } from '@modelyard/contracts';
import type { TextRelation } from './infer-types';
import type { LoadPlan, PlannedColumn } from './load-plan';

/** Tells the lines of rows that stand in `staged`. @param first number of the file's first row */
export type TellLines = (rows: number[], first: number) => Promise<Map<number, number>>;

/** Files of one format that make up one table. */
export interface TableSource {
  /** Of the table's columns, in order. */
  names: string[];
  /** What the files themselves say of the columns' types; `string` is yet to be told from the values. */
  types?: (ColumnType | 'string')[];
  /** All rows with their columns as text, `c0` …: what types are inferred from. */
  text: TextRelation;
  totalBytes: number;
  bytes(number: number): number;
  /** The type that `load` gives a column; where it is not the stored one, it is changed when all values are seen to fit. */
  loadedType(column: PlannedColumn): string;
  /** Adds a file's rows to `staged`, numbered from `first`, and its bad rows to `rejects`. */
  load(number: number, plan: LoadPlan, first: number): Promise<TellLines>;
  /** As `load`, in one pass, where every value suits its column's type; throws TableError at the first that does not. */
  loadSuiting?(number: number, plan: LoadPlan, first: number): Promise<TellLines>;
}
