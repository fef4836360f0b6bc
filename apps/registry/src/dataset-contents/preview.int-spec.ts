import type { DatasetStatistics, Problem } from '@modelyard/contracts';
import { people } from '../testing/people';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addTableVersion } from '../testing/table-version';
import type { DatasetPreview } from './preview/preview';

const PNG = '89504e470d0a1a0a';

describe('a first look at a version', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    await addTableVersion(registry, 'people', people());
    await registry.ok('POST', '/api/v1/datasets', { name: 'digits' });
  });
  afterAll(() => registry.stop());

  const image = async (query: string, headers = {}): Promise<Response> =>
    registry.fetch('GET', `/api/v1/datasets/digits/versions/${query}`, undefined, { headers });

  it('shows some samples of each class, with thumbnails', async () => {
    const path = '/api/v1/datasets/digits/versions/1/preview';
    const preview = await registry.ok<DatasetPreview>('GET', `${path}?perClass=3&size=64`);
    expect(preview).toMatchObject({ kind: 'image', rows: 1797, classCount: 10 });
    expect(preview.classes.map(({ name, samples }) => [name, samples.length])).toEqual(
      Array.from({ length: 10 }, (_, digit) => [String(digit), 3]),
    );
    const [first] = preview.classes[4]?.samples ?? [];
    expect(first).toMatchObject({ label: '4' });
    const thumbnail = await registry.fetch('GET', first?.image ?? '');
    const png = Buffer.from(await thumbnail.arrayBuffer());
    expect([thumbnail.headers.get('content-type'), png.subarray(0, 8).toString('hex')]).toEqual([
      'image/png',
      PNG,
    ]);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
    const other = await registry.ok<DatasetPreview>('GET', `${path}?perClass=3&seed=1`);
    expect(other.classes[4]?.samples).not.toEqual(preview.classes[4]?.samples);
  });

  it('shows how the values of a table’s columns are distributed', async () => {
    const preview = await registry.ok<DatasetPreview>(
      'GET',
      '/api/v1/datasets/people/versions/latest/preview',
    );
    expect(preview).toMatchObject({ kind: 'table', rows: 120, classCount: 3, columnCount: 7 });
    const [age, height, country] = preview.columns ?? [];
    expect(age?.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(120);
    expect(height).toMatchObject({ missing: 12 });
    expect(country?.top).toContainEqual({ value: 'DE', rows: 30 });
    expect(preview.classes[0]?.samples[0]?.values).toHaveProperty('age');
  });

  it('gives statistics, and says when they are known already', async () => {
    const path = '/api/v1/datasets/people/versions/1/statistics';
    const answer = await registry.call<DatasetStatistics>('GET', path);
    expect(answer.body).toMatchObject({ rows: 120, duplicates: { rows: 0 } });
    expect(answer.body.columns?.map(({ name }) => name)).toContain('height, "m"');
    const etag = answer.headers.get('etag') ?? '';
    await expect(
      registry.call('GET', path, undefined, { headers: { 'if-none-match': etag } }),
    ).resolves.toMatchObject({ status: 304, body: '' });
  });

  it('lets clients keep pictures of a numbered version, and not those of the latest', async () => {
    const numbered = await image('1/rows/0/image');
    expect(numbered.headers.get('cache-control')).toContain('immutable');
    const latest = await image('latest/rows/0/image?size=512');
    expect(latest.headers.get('cache-control')).toContain('no-cache');
    const known = { 'if-none-match': latest.headers.get('etag') ?? '' };
    expect((await image('latest/rows/0/image?size=512', known)).status).toBe(304);
    expect((await image('latest/rows/0/image?size=511', known)).status).toBe(200);
  });

  it.each([
    ['/api/v1/datasets/digits/versions/1/rows/1797/image', 404, 'Row 1797'],
    ['/api/v1/datasets/digits/versions/1/rows/-1/image', 400, 'row'],
    ['/api/v1/datasets/digits/versions/1/rows/1/image?size=513', 400, 'size'],
    ['/api/v1/datasets/people/versions/1/rows/1/image', 404, 'table'],
    ['/api/v1/datasets/people/versions/1/preview?perClass=21', 400, 'perClass'],
    ['/api/v1/datasets/people/versions/2/statistics', 404, 'Version 2'],
    ['/api/v1/datasets/people/versions/1/contract-report', 404, '/check'],
  ])('refuses %s', async (path, status, says) => {
    const answer = await registry.call<Problem>('GET', path);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(says);
  });
});
