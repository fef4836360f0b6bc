import type { Readable } from 'node:stream';
import type { BlobReference } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { readVerified, verifying } from './verify';

export type BlobContent = Readable | Buffer;

/** Byte offsets, both inclusive, from 0; without `end` to the last byte. */
export interface BlobRange {
  start: number;
  end?: number;
}

/**
 * Immutable content, found by the SHA-256 (64 lower-case hex digits) of its bytes. The same content put twice lies
 * there once. Content is there as a whole or not at all, also after a crash or on a full disk.
 *
 * @throws AppError every method: `DEPENDENCY_UNAVAILABLE` when the store cannot be reached, written or is full;
 *   `VALIDATION_FAILED` for something that is no SHA-256
 */
export abstract class BlobStore {
  /** Where the files lie that `file` names: what reads files may be confined to this folder. */
  abstract readonly filesFolder: string;

  /**
   * Stores content, in constant memory. When it resolves, the content is durable.
   *
   * @param expected what the content must hash to
   * @throws AppError VALIDATION_FAILED when it hashes to something else; nothing is stored then
   */
  abstract put(content: BlobContent, expected?: { sha256?: string }): Promise<BlobReference>;

  abstract stat(sha256: string): Promise<BlobReference | undefined>;

  /**
   * The path of a local file that holds the content, checked against its hash, for what needs a file rather than a
   * stream. It is read, never written; a copy of far content stays at least an hour after it was asked for last.
   *
   * @throws AppError NOT_FOUND; INTERNAL when the stored bytes are damaged
   */
  abstract file(sha256: string): Promise<string>;

  /** Deleting what is not there is no error. */
  abstract delete(sha256: string): Promise<void>;

  /** @throws AppError DEPENDENCY_UNAVAILABLE */
  abstract ping(): Promise<void>;

  /** Opens existing content. @throws AppError NOT_FOUND */
  protected abstract open(sha256: string, range?: BlobRange): Promise<{ stream: Readable; size: number }>;

  /**
   * Streams content. Without a range it is hashed as it goes by, and the stream ends with an error when the stored
   * bytes are not what they were; a consumer that acts before the end acts on unverified bytes.
   *
   * @throws AppError NOT_FOUND; VALIDATION_FAILED for a range that lies outside
   */
  async get(sha256: string, range?: BlobRange): Promise<Readable> {
    const { stream } = await this.open(requireSha256(sha256), range);
    return range === undefined ? verifying(stream, sha256) : stream;
  }

  /**
   * Reads content into memory, and hands it out only when its hash is right.
   *
   * @throws AppError NOT_FOUND; BODY_TOO_LARGE when it is larger than `maxBytes`; INTERNAL when the stored bytes are damaged
   */
  async read(sha256: string, maxBytes: number): Promise<Buffer> {
    const { stream, size } = await this.open(requireSha256(sha256));
    if (size > maxBytes) {
      stream.destroy();
      throw new AppError(
        'BODY_TOO_LARGE',
        `The artifact ${sha256} has ${size} bytes; at most ${maxBytes} are read here.`,
      );
    }
    return readVerified(stream, sha256, size);
  }
}

/** Also what keeps `../` out of paths and keys. */
export function requireSha256(sha256: string): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new AppError(
    'VALIDATION_FAILED',
    'An artifact is named by its SHA-256: 64 lower-case hexadecimal digits.',
  );
}

export function notFound(sha256: string): AppError {
  return new AppError('NOT_FOUND', `There is no artifact ${sha256}.`);
}

/** @throws AppError VALIDATION_FAILED unless the range lies inside `size` bytes */
export function requireRangeWithin(range: BlobRange, size: number): void {
  const { start, end = size - 1 } = range;
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end < size) return;
  throw new AppError(
    'VALIDATION_FAILED',
    `The range ${start}–${end} lies outside of the artifact's ${size} bytes.`,
  );
}
