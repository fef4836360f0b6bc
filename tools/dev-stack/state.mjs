import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../setup/run-command.mjs';

/** What a training and its artifacts need at the very least, in bytes. */
const MINIMUM_FREE_BYTES = 1024 ** 3;

/** Where one stack keeps what it must find again. Secrets are files of mode 0600. */
export class StackState {
  /** @param {string} folder usually `.modelyard` in the repository */
  constructor(folder) {
    this.folder = folder;
    this.logs = join(folder, 'logs');
    this.blobs = join(folder, 'blobs');
    this.scratch = join(folder, 'scratch');
    this.postgres = join(folder, 'postgres');
    this.redis = join(folder, 'redis');
    this.adminKeyFile = join(folder, 'admin-key');
    this.stackFile = join(folder, 'stack.json');
  }

  /** Makes the folders. @throws {SetupError} when there is no space, or no right to write */
  prepare() {
    try {
      for (const folder of [this.folder, this.logs, this.blobs, this.scratch])
        mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw new SetupError(`${this.folder} cannot be written: ${error.message}`);
    }
    const { bavail, bsize } = statfsSync(this.folder);
    if (bavail * bsize < MINIMUM_FREE_BYTES) {
      const free = Math.floor((bavail * bsize) / 1024 ** 2);
      throw new SetupError(
        `Only ${free} MiB are free under ${this.folder}; the stack needs 1024. Free some space, or choose another folder: --data <folder>.`,
      );
    }
  }

  /** The secret that services sign their calls to each other with, made at the first start. */
  internalTokenSecret() {
    const file = join(this.folder, 'internal-token-secret');
    if (!existsSync(file)) writePrivately(file, randomBytes(32).toString('base64url'));
    return readFileSync(file, 'utf8').trim();
  }

  adminKey() {
    return existsSync(this.adminKeyFile) ? readFileSync(this.adminKeyFile, 'utf8').trim() : undefined;
  }

  /** @returns {StackDescription | undefined} what the last start wrote */
  read() {
    try {
      return JSON.parse(readFileSync(this.stackFile, 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** @param {StackDescription} description */
  write(description) {
    writePrivately(this.stackFile, `${JSON.stringify(description, null, 2)}\n`);
  }

  clear() {
    rmSync(this.stackFile, { force: true });
  }
}

/**
 * @typedef {object} StackDescription
 * @property {number} pid the process that holds the stack
 * @property {string} url the gateway
 * @property {string} [adminKey]
 * @property {Record<string, { pid: number, url?: string, port?: number, log?: string }>} processes
 * @property {string} startedAt
 */

function writePrivately(file, content) {
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, content, { mode: 0o600 });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}
