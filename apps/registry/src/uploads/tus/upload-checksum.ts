import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import { AppError } from '@modelyard/platform-errors';

export const CHECKSUM_ALGORITHMS = ['sha256', 'sha1'] as const;

/** tus's checksum extension: what the content of one request must hash to. */
export class UploadChecksum {
  private readonly hash: Hash;

  private constructor(
    algorithm: string,
    private readonly expected: Buffer,
  ) {
    this.hash = createHash(algorithm);
  }

  /** @param header `Upload-Checksum: sha256 <base64>` @throws AppError VALIDATION_FAILED */
  static read(header: string | undefined): UploadChecksum | undefined {
    if (header === undefined) return undefined;
    const [algorithm = '', value = '', ...rest] = header.split(' ');
    const known = CHECKSUM_ALGORITHMS.some((one) => one === algorithm);
    const expected = Buffer.from(value, 'base64');
    if (known && rest.length === 0 && expected.toString('base64') === value) {
      const length = algorithm === 'sha256' ? 32 : 20;
      if (expected.length === length) return new UploadChecksum(algorithm, expected);
    }
    const message = `must be one of ${CHECKSUM_ALGORITHMS.join(', ')}, a space, and the hash in base64`;
    throw new AppError('VALIDATION_FAILED', `Upload-Checksum ${message}`, {
      fields: [{ path: 'Upload-Checksum', message }],
    });
  }

  update(content: Buffer): void {
    this.hash.update(content);
  }

  /** Once, after all content. */
  matches(): boolean {
    return this.hash.digest().equals(this.expected);
  }
}
