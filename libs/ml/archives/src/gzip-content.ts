import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CHUNK = 1024 ** 2;

/** A gzip file's content, of all its members. The stream fails where the file is damaged or cut off. */
export function gzipContent(path: string): Readable {
  return pipeline(
    createReadStream(path, { highWaterMark: CHUNK }),
    createGunzip({ chunkSize: 256 * 1024 }),
    () => undefined,
  );
}
