import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import { AppError } from '@modelyard/platform-errors';

/** Passes bytes on, and fails at the end unless they hash to `sha256`. */
export function verifying(source: Readable, sha256: string): Readable {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : damaged(sha256));
    },
  });
  pipeline(source, check, () => {}); // an error reaches whoever reads `check`
  return check;
}

/** Reads all of `source`, which holds `size` bytes. */
export async function readVerified(source: Readable, sha256: string, size: number): Promise<Buffer> {
  const content = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (filled + chunk.length > size) throw damaged(sha256);
    filled += chunk.copy(content, filled);
  }
  const right = filled === size && createHash('sha256').update(content).digest('hex') === sha256;
  if (!right) throw damaged(sha256);
  return content;
}

/** @throws AppError INTERNAL when the file does not hold what hashes to `sha256` */
export async function verifyFile(path: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  await finished(
    createReadStream(path, { highWaterMark: 1 << 20 }).on('data', (chunk) => hash.update(chunk)),
  );
  if (hash.digest('hex') !== sha256) throw damaged(sha256);
}

function damaged(sha256: string): AppError {
  return new AppError('INTERNAL', `The stored artifact ${sha256} is damaged: its bytes have another hash.`);
}
