import { S3Server } from '../testing/s3-server';
import { describeBlobStore } from '../testing/blob-store-contract';
import { S3BlobStore } from './s3-blob-store';

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
    store: new S3BlobStore({ bucket: 'models', prefix: 'team-a', endpoint, region: 'us-east-1' }),
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
});
