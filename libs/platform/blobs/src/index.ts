export { BlobStore } from './blob-store';
export type { BlobContent, BlobRange } from './blob-store';
export { BlobsModule } from './blobs.module';
export { toStoredContent } from './content-store';
export type { StoredContent } from './content-store';
export { LocalBlobStore } from './local/local-blob-store';
export { openBlobStore } from './open-blob-store';
export { S3BlobStore } from './s3/s3-blob-store';
