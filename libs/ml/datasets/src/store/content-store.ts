import type { BlobReference } from '@modelyard/contracts';

/** Where versions are kept: immutable content, found by its SHA-256. */
export interface ContentStore {
  /** Keeps bytes, or a file's content. When it resolves, they are durable. The same content is kept once. */
  put(content: Buffer | { path: string }): Promise<BlobReference>;
  /** A local file with exactly this content, for reading only. */
  file(reference: BlobReference): Promise<string>;
}
