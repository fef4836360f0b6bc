import { gunzipSync, gzipSync } from 'node:zlib';
import type { BlobReference, DatasetPart } from '@modelyard/contracts';
import type { PixelCounts } from './pixel-tally';
import type { RejectedImage, StagedRow } from './staged-sample';
import type { ImageSurvey } from '../survey/survey-images';

/** How far the staging of images has come: JSON, some 200 bytes for each part. */
export interface ImageCheckpoint {
  format: 'modelyard-image-staging/1';
  /** Of image files; records say their shape themselves. */
  survey?: ImageSurvey;
  parts: FinishedPart[];
}

export interface FinishedPart {
  part: DatasetPart;
  /** A blob with its rows (`PartRows`). */
  rows: BlobReference;
  /** How many files or records were read when it was full. */
  read: number;
}

/** What a part's rows were, so that they can be staged again without decoding an image. */
export interface PartRows {
  rows: StagedRow[];
  rejected: RejectedImage[];
  counts: PixelCounts;
}

export function packRows(rows: PartRows): Buffer {
  const plain = {
    ...rows,
    rows: rows.rows.map((row) => ({ ...row, digest: row.digest.toString('base64') })),
  };
  return gzipSync(JSON.stringify(plain), { level: 1 });
}

export function unpackRows(bytes: Buffer): PartRows {
  const plain = JSON.parse(gunzipSync(bytes).toString()) as Omit<PartRows, 'rows'> & { rows: PackedRow[] };
  return { ...plain, rows: plain.rows.map((row) => ({ ...row, digest: Buffer.from(row.digest, 'base64') })) };
}

type PackedRow = Omit<StagedRow, 'digest'> & { digest: string };
