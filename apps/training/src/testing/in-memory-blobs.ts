import { createHash } from 'node:crypto';
import type { BlobReference } from '@modelyard/contracts';

/** The blob store's `put` and `read` in memory. */
export class InMemoryBlobs {
  readonly content = new Map<string, Buffer>();

  put(content: unknown): Promise<BlobReference> {
    if (!Buffer.isBuffer(content)) return Promise.reject(new Error('only buffers here'));
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.content.set(sha256, content);
    return Promise.resolve({ sha256, size: content.length });
  }

  read(sha256: string): Promise<Buffer> {
    const content = this.content.get(sha256);
    return content === undefined ? Promise.reject(new Error('no such blob')) : Promise.resolve(content);
  }
}
