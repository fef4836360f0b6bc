import type { DatasetComparison, Problem } from '@modelyard/contracts';
import { people } from '../testing/people';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addDerivedVersion, addTableVersion } from '../testing/table-version';

const VERSIONS = '/api/v1/datasets/people/versions';

describe('two versions', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    const first = await addTableVersion(registry, 'people', people());
    await addDerivedVersion(registry, first, {
      filter: 'age < 60',
      relabel: [{ row: 0, label: '2' }],
    });
    await registry.ok('POST', '/api/v1/datasets', { name: 'digits' });
  });
  afterAll(() => registry.stop());

  const compare = (pair: string): Promise<DatasetComparison> => registry.ok('GET', `${VERSIONS}/${pair}`);

  it('are compared by their rows, classes and the values of their columns', async () => {
    const comparison = await compare('1/compare/2');
    expect(comparison).toMatchObject({
      dataset: 'people',
      from: 1,
      to: 2,
      sameContent: false,
      schema: { columnsAdded: [], columnsRemoved: [], typesChanged: [] },
      rows: { from: 120, to: 100, unchanged: 99, relabelled: 1 },
      relabelledExamples: [{ fromRow: 0, from: '0', to: '2' }],
    });
    const age = comparison.columns.find(({ name }) => name === 'age');
    expect(age?.psi).toBeGreaterThan(0);
    expect(age?.bins.length).toBeGreaterThan(1);
    await expect(compare('1/compare/latest')).resolves.toEqual(comparison);
  });

  it('are the same where they are one, and turned round the other way', async () => {
    await expect(compare('1/compare/1')).resolves.toMatchObject({
      sameContent: true,
      rows: { unchanged: 120, added: 0, removed: 0, relabelled: 0 },
    });
    await expect(compare('2/compare/1')).resolves.toMatchObject({
      rows: { from: 100, to: 120, unchanged: 99, relabelled: 1 },
    });
    const images = await registry.ok<DatasetComparison>(
      'GET',
      '/api/v1/datasets/digits/versions/1/compare/1',
    );
    expect(images).toMatchObject({ sameContent: true, columns: [{ type: 'pixels', psi: 0 }] });
  });

  it.each([
    ['1/compare/9', 404, 'Version 9'],
    ['9/compare/1', 404, 'Version 9'],
    ['1/compare/0', 400, 'other'],
  ])('are not compared: %s', async (pair, status, says) => {
    const answer = await registry.call<Problem>('GET', `${VERSIONS}/${pair}`);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(says);
  });
});
