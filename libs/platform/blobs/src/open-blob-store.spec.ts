import { Test } from '@nestjs/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BlobsModule, BlobStore, LocalBlobStore, openBlobStore } from '.';
import { HealthRegistry, ObservabilityModule } from '@modelyard/platform-observability';
import { ConfigModule, loadConfig, ServiceConfig } from '@modelyard/platform-config';

class SomeConfig extends ServiceConfig {}

describe('openBlobStore', () => {
  it('opens a folder or a bucket by its URL', () => {
    expect(openBlobStore('file:///tmp/x')).toBeInstanceOf(LocalBlobStore);
    expect(openBlobStore('s3://bucket/x').constructor.name).toBe('S3BlobStore');
    expect(() => openBlobStore('ftp://x')).toThrow('file:///folder or s3://bucket');
  });

  it('is given to a whole app, with its health', async () => {
    const config = loadConfig(SomeConfig, {
      PORT: '1',
      INTERNAL_TOKEN_SECRET: 'x'.repeat(32),
      LOG_LEVEL: 'silent',
    });
    const url = pathToFileURL(mkdtempSync(join(tmpdir(), 'modelyard-blobs-'))).href;
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.of(SomeConfig, config),
        ObservabilityModule.of({ service: 'training' }),
        BlobsModule.of({ url }),
      ],
    }).compile();
    expect(module.get(BlobStore)).toBeInstanceOf(LocalBlobStore);
    expect((await module.get(HealthRegistry).report()).dependencies['artifacts']?.status).toBe('up');
    await module.close();
  });
});
