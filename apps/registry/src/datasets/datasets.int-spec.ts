import type { Dataset, DatasetVersion, Page, Problem } from '@modelyard/contracts';
import { RegistryUnderTest } from '../testing/registry-under-test';

describe('datasets', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  it('imports the same content once, however often and from however many at once it is asked for', async () => {
    const body = { name: 'digits', description: 'Handwritten digits' };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => registry.call<DatasetVersion>('POST', '/api/v1/datasets', body)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({
      version: 1,
      rows: 1797,
      schema: { kind: 'image', shape: [8, 8, 1] },
      split: { counts: { train: expect.any(Number) as number } },
      createdBy: 'admin',
    });
    const { split, classCounts } = answers[0]?.body as DatasetVersion;
    expect(split.counts.train + split.counts.validation + split.counts.test).toBe(1797);
    expect(Object.values(classCounts).reduce((sum, count) => sum + count, 0)).toBe(1797);
    await expect(registry.ok<Dataset>('GET', '/api/v1/datasets/digits')).resolves.toMatchObject({
      kind: 'image',
      latestVersion: 1,
      description: 'Handwritten digits',
    });
  });

  it('gives other content of the same kind the next version', async () => {
    await registry.ok('POST', '/api/v1/datasets', { name: 'flowers', builtIn: 'iris' });
    const versions = await registry.ok<Page<DatasetVersion>>('GET', '/api/v1/datasets/flowers/versions');
    expect(versions.items.map(({ version }) => version)).toEqual([1]);
    const latest = await registry.ok('GET', '/api/v1/datasets/flowers/versions/latest');
    expect(latest).toEqual(versions.items[0]);
  });

  it('refuses samples of another kind under a name that is taken', async () => {
    await registry.ok('POST', '/api/v1/datasets', { name: 'plants', builtIn: 'iris' });
    const answer = await registry.call<Problem>('POST', '/api/v1/datasets', {
      name: 'plants',
      builtIn: 'digits',
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT', errors: [{ path: 'name' }] } });
  });

  it('lists by name, page by page', async () => {
    for (const name of ['a', 'b', 'c'])
      await registry.ok('POST', '/api/v1/datasets', { name, builtIn: 'iris' });
    const names: string[] = [];
    let token: string | undefined;
    do {
      const query = token === undefined ? '' : `&pageToken=${token}`;
      const page = await registry.ok<Page<Dataset>>('GET', `/api/v1/datasets?pageSize=2${query}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      names.push(...page.items.map(({ name }) => name));
      token = page.nextPageToken;
    } while (token !== undefined);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['a', 'b', 'c']));
  });

  it.each([
    ['GET', '/api/v1/datasets/none', undefined, 404, "Dataset 'none'"],
    ['GET', '/api/v1/datasets/none/versions', undefined, 404, "Dataset 'none'"],
    ['GET', '/api/v1/datasets/digits/versions/9', undefined, 404, 'Version 9'],
    ['GET', '/api/v1/datasets/digits/versions/x', undefined, 400, 'version'],
    ['GET', '/api/v1/datasets?pageToken=nonsense', undefined, 400, 'pageToken'],
    ['POST', '/api/v1/datasets', { name: 'mine' }, 400, 'builtIn'],
    ['POST', '/api/v1/datasets', { name: 'mine', builtIn: 'mnist' }, 400, 'builtIn'],
    ['POST', '/api/v1/datasets', { name: '../up', builtIn: 'iris' }, 400, 'name'],
    ['POST', '/api/v1/datasets', { name: 'iris', description: null }, 400, 'description'],
    ['POST', '/api/v1/datasets', { name: 'iris', color: 'red' }, 400, 'color'],
  ])('refuses %s %s %j', async (method, path, body, status, says) => {
    const answer = await registry.call<Problem>(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(says);
  });
});
