import { randomBytes } from 'node:crypto';
import type { Page, Run, RunArtifact } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { ArtifactRepository } from './artifact.repository';

describe('artifacts of a run', () => {
  const content = randomBytes(300_000);
  let registry: RegistryUnderTest;
  let path: string;
  let sha256: string;

  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    const run = await registry.ok<Run>('POST', '/api/v1/runs', {});
    path = `/api/v1/runs/${run.id}/artifacts`;
    const app = registry.service.app;
    const blob = await app.get(BlobStore, { strict: false }).put(content);
    ({ sha256 } = blob);
    const file = (name: string): RunArtifact => ({ path: name, ...blob, mediaType: 'text/html' });
    await app
      .get(ArtifactRepository, { strict: false })
      .put(run.id, ['model/a.bin', 'model/b%_.bin', 'models.txt'].map(file));
  });
  afterAll(() => registry.stop());

  const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
    registry.fetch('GET', `${path}/content?path=${encodeURIComponent(query)}`, undefined, { headers });
  const bytes = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

  it('lists all, or those of a folder', async () => {
    const all = await registry.ok<Page<RunArtifact>>('GET', path);
    expect(all.items.map((item) => item.path)).toEqual(['model/a.bin', 'model/b%_.bin', 'models.txt']);
    const folder = await registry.ok<Page<RunArtifact>>('GET', `${path}?path=model&pageSize=1`);
    expect(folder.items.map((item) => item.path)).toEqual(['model/a.bin']);
    const rest = await registry.ok<Page<RunArtifact>>(
      'GET',
      `${path}?path=model&pageToken=${folder.nextPageToken}`,
    );
    expect(rest.items.map((item) => item.path)).toEqual(['model/b%_.bin']);
  });

  it('sends the whole content, never to be run by a browser', async () => {
    const response = await get('model/a.bin');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(content.length));
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await bytes(response)).equals(content)).toBe(true);
  });

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=299990-', 299_990, 300_000],
    ['bytes=-5', 299_995, 300_000],
    ['bytes=10-999999999', 10, 300_000],
  ])('sends the part %s', async (range, start, end) => {
    const response = await get('model/a.bin', { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/300000`);
    expect((await bytes(response)).equals(content.subarray(start, end))).toBe(true);
  });

  it('says so when there is nothing in a range, or nothing new', async () => {
    const beyond = await get('model/a.bin', { range: 'bytes=300000-' });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe('bytes */300000');
    const known = await get('model/a.bin', { 'if-none-match': `"${sha256}"` });
    expect(known.status).toBe(304);
  });

  it.each(['missing', '../../etc/passwd', 'model'])('does not know %s', async (name) => {
    expect((await get(name)).status).toBe(404);
  });

  it('asks for a path', async () => {
    expect((await registry.call('GET', `${path}/content`)).status).toBe(400);
    const nobody = `/api/v1/runs/${'a'.repeat(32)}/artifacts`;
    expect((await registry.call('GET', nobody)).status).toBe(404);
  });
});
