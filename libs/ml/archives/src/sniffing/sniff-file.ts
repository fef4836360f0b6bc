import { open } from 'node:fs/promises';
import { Z_SYNC_FLUSH } from 'node:zlib';
import { gunzipSync } from 'node:zlib';
import { SNIFFED_BYTES, sniffBytes } from './sniff-bytes';
import type { FileKind } from './sniff-bytes';

/** What a file is by its content; of a gzip file also whether a tar archive is inside. */
export async function sniffFile(path: string): Promise<FileKind> {
  const head = await readHead(path);
  const kind = sniffBytes(head);
  return kind === 'gzip' && sniffBytes(unpackedHead(head)) === 'tar' ? 'tar.gz' : kind;
}

/** What is inside a gzip file, by the first bytes that it unpacks to; of another file, what that is. */
export async function sniffContent(path: string): Promise<FileKind> {
  const head = await readHead(path);
  const kind = sniffBytes(head);
  return kind === 'gzip' ? sniffBytes(unpackedHead(head)) : kind;
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The start of a gzip file's content, from the start of the file. */
function unpackedHead(head: Buffer): Buffer {
  try {
    // At most a thousand times the input, which is a few kilobytes.
    return gunzipSync(head, { finishFlush: Z_SYNC_FLUSH }).subarray(0, SNIFFED_BYTES);
  } catch {
    return Buffer.alloc(0); // damaged: whoever reads it will say so
  }
}
