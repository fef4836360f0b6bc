import { open } from 'node:fs/promises';
import type { BlobReference } from '@modelyard/contracts';
import { DatasetError } from '../dataset-error';
import type { ContentStore } from '../store/content-store';

const READ_BYTES = 4 * 1024 * 1024;

/**
 * Reads a part of pixels from its beginning to its end.
 * @param bytes how many it must have
 * @param reused memory of an earlier read, which is used again where it is large enough
 * @throws DatasetError when the file has another size
 */
export async function readPart(
  store: ContentStore,
  part: BlobReference,
  bytes: number,
  reused: Buffer = Buffer.alloc(0),
): Promise<Buffer> {
  const buffer = reused.length >= bytes ? reused : Buffer.allocUnsafeSlow(bytes);
  const file = await open(await store.file(part));
  try {
    let at = 0;
    while (at < bytes) {
      const { bytesRead } = await file.read(buffer, at, Math.min(READ_BYTES, bytes - at), at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    const { size } = await file.stat();
    if (at !== bytes || size !== bytes) {
      throw new DatasetError(`A part of the dataset has ${size} bytes instead of ${bytes}: ${part.sha256}`);
    }
  } finally {
    await file.close();
  }
  return buffer;
}
