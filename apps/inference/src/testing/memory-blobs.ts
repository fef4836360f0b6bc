import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobReference, PackageFile } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';

/** A blob store in memory: for specs that put content in themselves. */
export class MemoryBlobs extends BlobStore {
  readonly filesFolder = '/nowhere';
  private readonly blobs = new Map<string, Buffer>();

  add(path: string, content: Buffer): PackageFile {
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.blobs.set(sha256, content);
    return { path, sha256, size: content.length };
  }

  put(): Promise<BlobReference> {
    return Promise.reject(new Error('not in this test'));
  }

  protected open(sha256: string): Promise<{ stream: Readable; size: number }> {
    const content = this.blobs.get(sha256);
    if (content === undefined) return Promise.reject(new Error(`no blob ${sha256}`));
    return Promise.resolve({ stream: Readable.from([content]), size: content.length });
  }

  file(): Promise<string> {
    return Promise.reject(new Error('not in this test'));
  }

  stat(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }
}
