import type {
  ColumnRole,
  ColumnType,
  DatasetOrigin,
  SplitMethod,
  SplitName,
  WellKnownDataset,
} from './dataset';

export const IMPORT_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** `image-folders`: `class/file` or `train|test/class/file` in a zip or tar archive. `images`: single files with labels. */
export const IMPORT_FORMATS = [
  'csv',
  'jsonl',
  'parquet',
  'image-folders',
  'images',
  'idx',
  'cifar-10',
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Where the samples come from. */
export type ImportSource =
  | { type: 'upload'; uploads: UploadedFile[] }
  | { type: 'url'; url: string; sha256: string }
  | { type: 'well-known'; name: WellKnownDataset }
  /** No new samples: the parent's, changed. */
  | { type: 'derive'; changes: DerivationChanges };

export interface UploadedFile {
  /** Of the upload. */
  id: string;
  /** The class of every sample in the file, where the file does not say it. */
  label?: string;
  split?: SplitName;
}

export interface DerivationChanges {
  /** Rows that stay, in the filter language of `…/rows`. */
  filter?: string;
  /** Rows that go, by their numbers. */
  drop?: number[];
  /** New classes of single rows. */
  relabel?: { row: number; label: string }[];
  /** Another division of the same rows. */
  split?: SplitRequest;
}

export interface SplitRequest {
  /** `given` where the files say it, else `stratified`. */
  method?: SplitMethod;
  seed?: number;
  fractions?: Record<SplitName, number>;
  /** The column that groups (grouped) or orders (time). */
  column?: string;
}

export interface ImportOptions {
  /** Found by the content when absent. */
  format?: ImportFormat;
  /** Tables: the column that holds the class. By default `label`, `target`, `class`, `species` or `y`, else the last. */
  target?: string;
  /** Tables: what is known better than it can be inferred. */
  columns?: Record<string, { type?: ColumnType; role?: ColumnRole }>;
  csv?: {
    delimiter?: string;
    quote?: string;
    header?: boolean;
    encoding?: 'utf-8' | 'utf-16' | 'latin-1';
    /**
     * Texts that stand for no value, besides the empty one, in quotes or not. By default `NA`, `N/A`, `n/a`, `#N/A`,
     * `<NA>`, `NaN`, `nan`, `NULL` and `null`; a list given takes their place, and an empty one leaves the empty text alone.
     */
    nullValues?: string[];
  };
  image?: {
    width?: number;
    height?: number;
    channels?: 1 | 3;
    /** How other sizes are fitted: `cover` cuts, `contain` pads with black, `stretch` distorts. Default `cover`. */
    fit?: 'cover' | 'contain' | 'stretch';
  };
  split?: SplitRequest;
  /** Samples that cannot be read: `reject` the import (default), keep them aside (`quarantine`), or leave them out (`warn`). */
  badRows?: 'reject' | 'quarantine' | 'warn';
  origin?: Partial<DatasetOrigin>;
}

export const IMPORT_PHASES = ['fetching', 'reading', 'profiling', 'checking', 'storing'] as const;
export type ImportPhase = (typeof IMPORT_PHASES)[number];

export interface ImportProgress {
  phase: ImportPhase;
  done: number;
  /** Absent where it is not known. */
  total?: number;
  unit: 'bytes' | 'files' | 'rows';
}

/** One thing that is wrong with the data, and where. */
export interface DataProblem {
  file?: string;
  /** From 1, in the file. */
  line?: number;
  column?: string;
  /** What was found, cut to 200 characters. */
  value?: string;
  message: string;
}

export interface ImportError {
  message: string;
  /** The first of them, at most 100. */
  problems: DataProblem[];
  problemCount: number;
}

export interface DatasetImport {
  id: string;
  dataset: string;
  status: ImportStatus;
  source: ImportSource;
  options: ImportOptions;
  /** The version that the samples are added to, or that the changes are made to. */
  parentVersion?: number;
  attempt: number;
  cancelRequested: boolean;
  progress?: ImportProgress;
  error?: ImportError;
  /** The version that came of it; `created` is false when the dataset had this very content already. */
  result?: { version: number; created: boolean };
  createdAt: string;
  createdBy: string;
  startedAt?: string;
  endedAt?: string;
}

/** As a TrainingJobEvent: what an import's event stream carries. */
export interface DatasetImportEvent {
  seq: number;
  type: 'status' | 'progress' | 'log';
  at: string;
  data: Record<string, unknown>;
}

/** A file on its way in (tus 1.0: `POST`, `HEAD`, `PATCH`, `DELETE /api/v1/uploads`). */
export interface Upload {
  id: string;
  name: string;
  size: number;
  /** Bytes that are durable. */
  offset: number;
  complete: boolean;
  createdAt: string;
  expiresAt: string;
  createdBy: string;
}
