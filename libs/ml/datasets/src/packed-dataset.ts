import type { DatasetSchema } from '@modelyard/contracts';

/** Where a dataset comes from, and under which terms. */
export interface DatasetSource {
  description: string;
  licence: string;
  url?: string;
}

/** A whole dataset version in memory. */
export interface PackedDataset {
  schema: DatasetSchema;
  rows: number;
  /** rows × product(schema.shape), sample after sample, each row-major. Uint8Array for dtype `uint8`, else Float32Array. */
  values: Uint8Array | Float32Array;
  /** One index into `schema.classes` for each row. */
  labels: Uint8Array | Int32Array;
  source: DatasetSource;
}
