import type { BlobReference, DatasetSchema, DatasetSplit, SplitName } from './dataset';
import type { ImportFormat } from './dataset-import';

/**
 * What a dataset version consists of: JSON in the blob store, found through `DatasetVersion.blob`.
 *
 * A part holds samples, one after the other. Of images: rows × product(schema.shape) bytes, nothing else. Of tables: a
 * Parquet file with one column `c<i>` for each of `schema.fields` but the target.
 *
 * The index is one Parquet file with a row for each sample of the version, in the version's order: `row` (BIGINT, 0-based),
 * `part` (INTEGER, index into `parts`), `pos` (INTEGER, the sample's place in its part), `label` (VARCHAR, its class),
 * `split` (VARCHAR), `digest` (BLOB, 16 bytes: the first of the SHA-256 over the sample's label and values), `content` (BLOB, 16 bytes: the same over the values alone); of images also
 * `name` (VARCHAR, the file that it came from), `width`, `height`, `channels` (INTEGER, as the file had them), `format` (VARCHAR).
 * A version that is made from another has an index of its own and shares parts: its index need not name all samples of a part.
 */
export interface DatasetManifest {
  format: 'modelyard-dataset/1';
  schema: DatasetSchema;
  rows: number;
  /** How the samples were divided. */
  split?: Omit<DatasetSplit, 'counts'>;
  parts: DatasetPart[];
  index: BlobReference;
  /** `DatasetStatistics` as JSON. */
  statistics: BlobReference;
  /** `ContractReport` as JSON. */
  contractReport?: BlobReference;
  /** Parquet: rows that were kept aside, with `reason`. */
  quarantine?: BlobReference;
  /** The files that the samples came in. */
  original?: { format: ImportFormat; files: StoredFile[] };
}

export interface DatasetPart extends BlobReference {
  rows: number;
}

/** A file that is stored in pieces, one after the other. */
export interface StoredFile {
  name: string;
  size: number;
  pieces: BlobReference[];
  /** Of samples that came as single files. */
  label?: string;
  split?: SplitName;
}
