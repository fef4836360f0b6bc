import type {
  BlobReference,
  DatasetPart,
  DatasetWarning,
  DataProblem,
  ImageStatistics,
  ImportOptions,
} from '@modelyard/contracts';
import type { ImageCheckpoint } from './checkpoint';

export interface StageImagesOptions {
  /** `image-folders` and `images` are read alike: a file's class is its own, or that of its folder. */
  format: 'image-folders' | 'images' | 'idx' | 'cifar-10';
  image?: ImportOptions['image'];
  /** `reject` (the default) refuses all for one image that cannot be read; else it goes to `rejects`. */
  badRows?: ImportOptions['badRows'];
  /** A folder for what does not fit into memory. */
  scratch: string;
  /** What `onCheckpoint` gave last: the same files in the same order go on from there. */
  checkpoint?: ImageCheckpoint;
  signal?: AbortSignal;
  /** Bytes that an archive may unpack to. Default: as `readArchive`. */
  maximumBytes?: number;
  /** Of a part, at most, unless one image is larger. Default 8 MiB. */
  partBytes?: number;
}

export interface StagingHooks {
  /** Keeps a part. The bytes do not change afterwards. */
  storePart(bytes: Buffer): Promise<BlobReference>;
  /** What `storePart` kept; needed to go on from a checkpoint. */
  readPart?(reference: BlobReference): Promise<Buffer>;
  onProgress?(progress: { done: number; total?: number; unit: 'files' | 'rows' }): void;
  /** After each part. A part is not begun to be stored before the one before it is noted. */
  onCheckpoint?(checkpoint: ImageCheckpoint): Promise<void>;
}

export interface StagedImages {
  /** [height, width, channels] */
  shape: [number, number, number];
  target: 'label';
  parts: DatasetPart[];
  rows: number;
  rejected: number;
  /** Of rejected images, the first 100. */
  problems: DataProblem[];
  images: ImageStatistics;
  warnings: DatasetWarning[];
}

export const PART_BYTES = 8 * 1024 ** 2;
