import { createHash } from 'node:crypto';
import type { BlobReference } from '@modelyard/contracts';

/** Keeps blobs in memory. */
export class MemoryStore {
  readonly blobs = new Map<string, Buffer>();

  readonly storePart = (bytes: Buffer): Promise<BlobReference> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.blobs.set(sha256, Buffer.from(bytes));
    return Promise.resolve({ sha256, size: bytes.length });
  };

  readonly readPart = ({ sha256 }: BlobReference): Promise<Buffer> => {
    const bytes = this.blobs.get(sha256);
    return bytes === undefined ? Promise.reject(new Error('no such blob')) : Promise.resolve(bytes);
  };
}
