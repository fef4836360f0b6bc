import { createHash, randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobReference } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import type { BlobContent } from '../blob-store';

/** A file that holds content whose hash is known now, and that nobody else knows of. */
export interface Spooled extends BlobReference {
  path: string;
  /** Removes the file, unless it was moved away. */
  discard(): Promise<void>;
}

/**
 * Writes content to a new file in `folder` and to the disk (fsync), in constant memory. When it throws, no file stays.
 *
 * @throws AppError VALIDATION_FAILED when the content does not hash to `expected`; the source's own error
 */
export async function spool(content: BlobContent, folder: string, expected?: string): Promise<Spooled> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o644);
  const discard = (): Promise<void> => rm(path, { force: true });
  try {
    const { sha256, size } = await write(content, file);
    if (expected !== undefined && expected !== sha256) {
      throw new AppError(
        'VALIDATION_FAILED',
        `The content's SHA-256 is ${sha256}, not ${expected} as announced.`,
      );
    }
    await file.sync();
    await file.close();
    return { path, sha256, size, discard };
  } catch (error) {
    await file.close().catch(() => {});
    await discard();
    throw error;
  }
}

const ABANDONED_MS = 24 * 3600 * 1000;

/** Removes what processes left in a spool's folder when they died while they wrote. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    const abandoned = found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
    if (abandoned) await rm(path, { force: true }).catch(() => {});
  }
}

async function write(content: BlobContent, file: FileHandle): Promise<BlobReference> {
  const hash = createHash('sha256');
  let size = 0;
  const chunks: AsyncIterable<Buffer> | Buffer[] = Buffer.isBuffer(content) ? [content] : content;
  for await (const chunk of chunks) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    hash.update(bytes);
    for (let offset = 0; offset < bytes.length;) {
      offset += (await file.write(bytes, offset)).bytesWritten;
    }
    size += bytes.length;
  }
  return { sha256: hash.digest('hex'), size };
}
