import { fileURLToPath } from 'node:url';
import type { BlobStore } from './blob-store';
import { LocalBlobStore } from './local/local-blob-store';
import { S3BlobStore } from './s3/s3-blob-store';

/**
 * @param url `file:///folder`, or `s3://bucket/prefix?endpoint=https://…&region=…` (region: default `us-east-1`)
 * @throws Error for any other URL; the message does not repeat it, for it may hold credentials
 */
export function openBlobStore(url: string): BlobStore {
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'file:') return new LocalBlobStore(fileURLToPath(parsed));
  if (parsed?.protocol === 's3:' && parsed.hostname !== '') {
    const endpoint = parsed.searchParams.get('endpoint');
    return new S3BlobStore({
      bucket: parsed.hostname,
      prefix: parsed.pathname.replace(/^\/+|\/+$/g, ''),
      region: parsed.searchParams.get('region') ?? 'us-east-1',
      ...(endpoint === null ? {} : { endpoint }),
    });
  }
  throw new Error('ARTIFACT_STORE_URL must be file:///folder or s3://bucket/prefix?endpoint=…&region=….');
}
