import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BlobReference } from '@modelyard/contracts';
import { DatasetError } from '../dataset-error';
import type { ContentStore } from './content-store';

/** Content as files of a folder, named by their SHA-256: for tests, benches and tools. Services keep theirs in a blob store. */
export class FolderContentStore implements ContentStore {
  constructor(readonly folder: string) {}

  async put(content: Buffer | { path: string }): Promise<BlobReference> {
    await mkdir(this.folder, { recursive: true });
    const hash = createHash('sha256');
    if (Buffer.isBuffer(content)) hash.update(content);
    else await pipeline(createReadStream(content.path), hash);
    const sha256 = hash.digest('hex');
    const path = join(this.folder, sha256);
    if (Buffer.isBuffer(content)) await writeFile(path, content);
    else await copyFile(content.path, path);
    return { sha256, size: (await stat(path)).size };
  }

  async file({ sha256, size }: BlobReference): Promise<string> {
    const path = join(this.folder, sha256);
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== size) throw new DatasetError(`There is no content ${sha256} of ${size} bytes.`);
    return path;
  }
}
