import type { DatasetColumn, DataProblem, ImportOptions } from '@modelyard/contracts';

export interface StageOptions {
  format: 'csv' | 'jsonl' | 'parquet';
  csv?: ImportOptions['csv'];
  columns?: ImportOptions['columns'];
  /** The column that holds the class. By default `label`, `target`, `class`, `species` or `y`, else the last. */
  target?: string;
  /** Rows that cannot be read: `reject` throws (default); `quarantine` and `warn` leave them in `rejects`. */
  badRows?: ImportOptions['badRows'];
  /** A folder that the engine may read: files that have to be rewritten are put there, and stay. */
  scratch: string;
  /** Bytes that a compressed or UTF-16 file may unfold to. Default 64 GiB. */
  maximumBytes?: number;
  signal?: AbortSignal;
  onProgress?(progress: { done: number; total?: number; unit: 'rows' | 'bytes' }): void;
}

export interface StagedTable {
  /** Of the relation `staged`: column i is `c<i>`. */
  columns: DatasetColumn[];
  target: string;
  /** Rows of `staged`. */
  rows: number;
  /** Rows of `rejects`. */
  rejected: number;
  /** The first 100 rejected rows. */
  problems: DataProblem[];
}

/** More columns than this are a mistake, or an attack. */
export const MOST_COLUMNS = 4_096;
/** Past this many bad rows it is the reading that is wrong. */
export const MOST_REJECTS = 100_000;
/** A class that has this many values is a measurement. */
export const MOST_CLASSES = 10_000;
