import type { DatasetWarning } from './dataset-statistics';

export const DATASET_KINDS = ['image', 'table'] as const;
export type DatasetKind = (typeof DATASET_KINDS)[number];
export const SPLIT_NAMES = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof SPLIT_NAMES)[number];

export interface Dataset {
  name: string;
  kind: DatasetKind;
  description: string;
  latestVersion: number;
  createdAt: string;
  createdBy: string;
}

export const COLUMN_TYPES = [
  'numeric',
  'integer',
  'categorical',
  'boolean',
  'date',
  'text',
  'image',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** What a column is for. `group` keeps its rows in one split, `time` orders the rows of a split by time, `ignore` is only kept. */
export const COLUMN_ROLES = ['feature', 'target', 'group', 'time', 'ignore'] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** A column of a table, in the order of the file. The store calls column i `c<i>`. */
export interface DatasetColumn {
  name: string;
  type: ColumnType;
  role: ColumnRole;
  nullable: boolean;
}

/**
 * How every sample of a version looks. Images: `shape` is [height, width, channels]. Tables: `columns` are the names of
 * the features that are numbers (numeric, integer, boolean), in order, `shape` is [columns], and `fields` are all columns.
 */
export interface DatasetSchema {
  kind: DatasetKind;
  shape: number[];
  dtype: 'uint8' | 'float32';
  columns?: string[];
  fields?: DatasetColumn[];
  target: string;
  /** Sorted by their names: as numbers where all are whole numbers, else by code point. */
  classes: string[];
  /** Inclusive bounds of all values. */
  minimum: number;
  maximum: number;
}

export const SPLIT_METHODS = ['stratified', 'given', 'grouped', 'time'] as const;
export type SplitMethod = (typeof SPLIT_METHODS)[number];

/** A seeded division of the samples, stored with the version: every sample knows its split. */
export interface DatasetSplit {
  method: SplitMethod;
  seed: number;
  /** What was asked for; `counts` is what came of it. */
  fractions: Record<SplitName, number>;
  /** Of `grouped` and `time`: the column that decides. */
  column?: string;
  counts: Record<SplitName, number>;
}

export interface DatasetVersion {
  dataset: string;
  version: number;
  /** `sha256:<hex>` over the content, not over its order or the container that it came in. */
  digest: string;
  schema: DatasetSchema;
  rows: number;
  classCounts: Record<string, number>;
  split: DatasetSplit;
  /** The version's manifest in the blob store (`DatasetManifest`). */
  blob: BlobReference;
  /** Bytes of all blobs of the version, those that it shares with others too. */
  storedBytes: number;
  source: DatasetOrigin;
  warnings: DatasetWarning[];
  /** The version that this one was made from. */
  parent?: { version: number; operation: DerivationOperation };
  /** Rows that were kept aside, when the contract or the import said so. */
  quarantinedRows: number;
  contract?: { revision: number; outcome: 'passed' | 'warned' | 'quarantined'; violations: number };
  importId?: string;
  createdAt: string;
  createdBy: string;
  /** A deleted version keeps its record, and has no content any more. */
  deleted?: { at: string; by: string; reason: string };
}

export const DERIVATION_OPERATIONS = ['append', 'filter', 'relabel', 'split'] as const;
export type DerivationOperation = (typeof DERIVATION_OPERATIONS)[number];

export interface DatasetOrigin {
  description: string;
  licence: string;
  url?: string;
}

/** Content in the blob store, found by its SHA-256 (hex). */
export interface BlobReference {
  sha256: string;
  size: number;
}

/** Sets that come with Modelyard: no network, no job. */
export const BUILT_IN_DATASETS = ['digits', 'iris'] as const;
export type BuiltInDataset = (typeof BUILT_IN_DATASETS)[number];

/** Sets that are known by name; those that are not built in are fetched from their publishers or a mirror. */
export const WELL_KNOWN_DATASETS = [...BUILT_IN_DATASETS, 'mnist', 'fashion-mnist', 'cifar-10'] as const;
export type WellKnownDataset = (typeof WELL_KNOWN_DATASETS)[number];
