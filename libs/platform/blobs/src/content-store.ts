import { open } from 'node:fs/promises';
import type { BlobReference } from '@modelyard/contracts';
import type { BlobStore } from './blob-store';

/** A blob store as libraries see it that write and read files, and know of no store. */
export interface StoredContent {
  put(content: Buffer | { path: string }): Promise<BlobReference>;
  /** A local file that holds the content, checked. */
  file(reference: BlobReference): Promise<string>;
}

export function toStoredContent(blobs: BlobStore): StoredContent {
  return {
    put: (content) => (Buffer.isBuffer(content) ? blobs.put(content) : putFile(blobs, content.path)),
    file: ({ sha256 }) => blobs.file(sha256),
  };
}

async function putFile(blobs: BlobStore, path: string): Promise<BlobReference> {
  const file = await open(path);
  try {
    return await blobs.put(file.createReadStream({ highWaterMark: 1 << 20, autoClose: false }));
  } finally {
    await file.close();
  }
}
