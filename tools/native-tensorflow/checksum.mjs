import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** @param {string} path @returns {Promise<string>} the file's SHA-256 in hex */
export async function sha256Of(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

export class ChecksumError extends Error {
  /** @param {string} what @param {string} expected @param {string} actual */
  constructor(what, expected, actual) {
    super(`${what} has SHA-256 ${actual}, expected ${expected}`);
    this.name = 'ChecksumError';
  }
}

/** @param {string} path @param {string} expected @param {string} what for the message */
export async function requireChecksum(path, expected, what) {
  const actual = await sha256Of(path);
  if (actual !== expected) throw new ChecksumError(what, expected, actual);
}
