import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type * as S3 from '@aws-sdk/client-s3';
import type * as S3Upload from '@aws-sdk/lib-storage';
import type { BlobReference } from '@modelyard/contracts';
import type { BlobContent, BlobRange } from '../blob-store';
import { BlobStore, notFound, requireRangeWithin, requireSha256 } from '../blob-store';
import { mapFileError } from '../local/file-errors';
import { removeAbandoned, spool } from '../local/spool';
import { FileCache } from './file-cache';
import { isMissingObject, mapS3Error } from './s3-errors';

export interface S3Options {
  bucket: string;
  /** Before every key; '' or without slashes at its ends. */
  prefix: string;
  /** For a store that is not Amazon's, such as MinIO; the bucket is then part of the path. */
  endpoint?: string;
  region: string;
  /** Where `file` puts its copies; by default a folder for this user among the temporary files. */
  cacheFolder?: string;
  /** Bytes that the copies may take, but for those that were asked for within the last hour; default 16 GiB. */
  cacheBytes?: number;
}

/** A folder for each user of the machine, who could not write into another's. */
const UPLOADS = join(tmpdir(), `modelyard-uploads-${process.getuid?.() ?? 0}`);
const FILES = join(tmpdir(), `modelyard-artifacts-${process.getuid?.() ?? 0}`);
const CACHE_BYTES = 16 * 1024 ** 3;
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Content in a bucket: `<prefix>/ab/cd/abcd…`. The name of content is known only at its end, so it is spooled to a
 * temporary file first; S3 shows an object only when all of it has arrived. Credentials come from the usual AWS_*
 * variables, files or the machine's role.
 */
export class S3BlobStore extends BlobStore {
  readonly filesFolder: string;
  private readonly sdk: typeof S3;
  private readonly client: S3.S3Client;
  private readonly cache: FileCache;
  private tidied: Promise<void> | undefined;

  constructor(private readonly options: S3Options) {
    super();
    this.filesFolder = options.cacheFolder ?? FILES;
    this.cache = new FileCache(this.filesFolder, options.cacheBytes ?? CACHE_BYTES);
    // The SDK takes tens of MiB, which a service with a local folder should not pay.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    this.sdk = require('@aws-sdk/client-s3') as typeof S3;
    this.client = new this.sdk.S3Client({
      region: options.region,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint, forcePathStyle: true }),
      // Not every compatible store knows the newer checksums; content is verified by its SHA-256 anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(content: BlobContent, expected?: { sha256?: string }): Promise<BlobReference> {
    if (expected?.sha256 !== undefined) requireSha256(expected.sha256);
    this.tidied ??= removeAbandoned(UPLOADS);
    const spooled = await spool(content, UPLOADS, expected?.sha256).catch((error: unknown) => {
      throw mapFileError(error);
    });
    const { sha256, size, path } = spooled;
    try {
      const existing = await this.stat(sha256);
      if (existing?.size !== size) await this.upload(path, sha256);
      return { sha256, size };
    } catch (error) {
      throw mapS3Error(error);
    } finally {
      await spooled.discard();
    }
  }

  async stat(sha256: string): Promise<BlobReference | undefined> {
    try {
      const { ContentLength } = await this.client.send(new this.sdk.HeadObjectCommand(this.object(sha256)));
      return { sha256, size: ContentLength ?? 0 };
    } catch (error) {
      if (isMissingObject(error)) return undefined;
      throw mapS3Error(error);
    }
  }

  /** A copy of the object, kept for the next time. */
  async file(sha256: string): Promise<string> {
    requireSha256(sha256);
    return this.cache.file(sha256, () => this.get(sha256));
  }

  async delete(sha256: string): Promise<void> {
    try {
      await this.client.send(new this.sdk.DeleteObjectCommand(this.object(sha256)));
    } catch (error) {
      if (!isMissingObject(error)) throw mapS3Error(error);
    }
  }

  async ping(): Promise<void> {
    try {
      await this.client.send(new this.sdk.HeadBucketCommand({ Bucket: this.options.bucket }));
    } catch (error) {
      throw mapS3Error(error);
    }
  }

  protected async open(sha256: string, range?: BlobRange): Promise<{ stream: Readable; size: number }> {
    try {
      if (range !== undefined) {
        const found = await this.stat(sha256);
        if (found === undefined) throw notFound(sha256);
        requireRangeWithin(range, found.size);
      }
      const { Body, ContentLength } = await this.client.send(
        new this.sdk.GetObjectCommand({
          ...this.object(sha256),
          ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end ?? ''}` }),
        }),
      );
      return { stream: Body as Readable, size: ContentLength ?? 0 };
    } catch (error) {
      throw isMissingObject(error) ? notFound(sha256) : mapS3Error(error);
    }
  }

  private async upload(path: string, sha256: string): Promise<void> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { Upload } = require('@aws-sdk/lib-storage') as typeof S3Upload;
    const upload = new Upload({
      client: this.client,
      partSize: PART_BYTES,
      queueSize: 2,
      params: { ...this.object(sha256), Body: createReadStream(path) },
    });
    await upload.done();
  }

  private object(sha256: string): { Bucket: string; Key: string } {
    requireSha256(sha256);
    const path = [this.options.prefix, sha256.slice(0, 2), sha256.slice(2, 4), sha256];
    return { Bucket: this.options.bucket, Key: path.filter((part) => part !== '').join('/') };
  }
}
