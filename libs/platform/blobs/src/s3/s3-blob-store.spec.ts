import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Server } from '../testing/s3-server';
import { describeBlobStore } from '../testing/blob-store-contract';
import { S3BlobStore } from './s3-blob-store';

const cache = mkdtempSync(join(tmpdir(), 'modelyard-s3-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

const server = new S3Server('models');
let endpoint = '';

beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  endpoint = await server.listen();
});
afterAll(() => server.close());

describeBlobStore('S3BlobStore', () => {
  server.objects.clear();
  return {
    store: new S3BlobStore({
      bucket: 'models',
      prefix: 'team-a',
      endpoint,
      region: 'us-east-1',
      cacheFolder: mkdtempSync(join(cache, 'x')),
    }),
    damage: (sha256) => {
      const key = [...server.objects.keys()].find((name) => name.endsWith(sha256)) ?? '';
      server.objects.set(key, Buffer.from('the quick brown fix'));
    },
  };
});

describe('S3BlobStore', () => {
  it('puts objects under its prefix, fanned out', async () => {
    server.objects.clear();
    const { sha256 } = await new S3BlobStore({
      bucket: 'models',
      prefix: 'team-a',
      endpoint,
      region: 'x',
    }).put(Buffer.from('x'));
    expect([...server.objects.keys()]).toEqual([
      `team-a/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`,
    ]);
  });

  it('says that the store is away', async () => {
    const gone = new S3Server('models');
    const address = await gone.listen();
    await gone.close();
    const store = new S3BlobStore({ bucket: 'models', prefix: '', endpoint: address, region: 'x' });
    await expect(store.ping()).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
    });
  });

  it('keeps the copies that are asked for, within its bounds', async () => {
    const cacheFolder = mkdtempSync(join(cache, 'y'));
    const options = { bucket: 'models', prefix: '', endpoint, region: 'x', cacheFolder, cacheBytes: 10 };
    const store = new S3BlobStore(options);
    const [old, recent, third] = await Promise.all(
      ['first!', 'second', 'third!'].map((text) => store.put(Buffer.from(text))),
    );
    const oldPath = await store.file(old!.sha256);
    utimesSync(oldPath, 1, 1);
    await Promise.all([store.file(recent!.sha256), store.file(recent!.sha256)]);
    const kept = (): string[] => readdirSync(cacheFolder).filter((name) => name !== 'incoming');
    expect(kept()).toEqual([recent!.sha256]);
    await store.file(third!.sha256); // both may be in use still
    expect(kept().sort()).toEqual([recent!.sha256, third!.sha256].sort());
    writeFileSync(join(cacheFolder, third!.sha256), 'damage');
    const healed = await new S3BlobStore(options).file(third!.sha256);
    expect(readFileSync(healed, 'utf8')).toBe('third!');
  });
});
