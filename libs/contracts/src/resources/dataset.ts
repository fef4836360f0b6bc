export type DatasetKind = 'image' | 'table';
export type SplitName = 'train' | 'validation' | 'test';

export interface Dataset {
  name: string;
  kind: DatasetKind;
  description: string;
  latestVersion: number;
  createdAt: string;
  createdBy: string;
}

/** How every sample of a version looks. Images: `shape` is [height, width, channels]. Tables: `columns`, and shape is [columns]. */
export interface DatasetSchema {
  kind: DatasetKind;
  shape: number[];
  dtype: 'uint8' | 'float32';
  columns?: string[];
  target: string;
  classes: string[];
  /** Inclusive bounds of all values. */
  minimum: number;
  maximum: number;
}

/** A stratified, seeded division of the samples, stored with the version as lists of sample indices. */
export interface DatasetSplit {
  seed: number;
  fractions: Record<SplitName, number>;
  counts: Record<SplitName, number>;
}

export interface DatasetVersion {
  dataset: string;
  version: number;
  /** `sha256:<hex>` over the content, not over the container that it came in. */
  digest: string;
  schema: DatasetSchema;
  rows: number;
  classCounts: Record<string, number>;
  split: DatasetSplit;
  /** The packed content in the blob store. */
  blob: BlobReference;
  source: { description: string; licence: string; url?: string };
  createdAt: string;
  createdBy: string;
}

/** Content in the blob store, found by its SHA-256 (hex). */
export interface BlobReference {
  sha256: string;
  size: number;
}

export const BUILT_IN_DATASETS = ['digits', 'iris'] as const;
export type BuiltInDataset = (typeof BUILT_IN_DATASETS)[number];
