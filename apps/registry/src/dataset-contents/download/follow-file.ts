import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const PIECE = 256 * 1024;
/** How soon what was written is seen. */
const LOOK_MS = 50;

/**
 * Reads a file while something appends to it, to its end, and closes it.
 * @param written settles when the file is whole; its error is the reader's
 */
export function followFile(file: FileHandle, written: Promise<unknown>): Readable {
  const stream = Readable.from(read(file, written), { objectMode: false });
  return stream.once('close', () => void file.close());
}

async function* read(file: FileHandle, written: Promise<unknown>): AsyncGenerator<Buffer> {
  let whole = false;
  const ended = written.then(() => (whole = true));
  ended.catch(() => undefined); // it is thrown below, unless nobody reads any more
  for (let at = 0; ;) {
    const last = whole; // what is read from now on is all that there will be
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
    at += bytesRead;
    if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
    else if (last) return;
    else await Promise.race([ended, sleep(LOOK_MS)]);
  }
}
