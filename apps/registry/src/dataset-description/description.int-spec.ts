import type { AuditEntry, Dataset, Page } from '@modelyard/contracts';
import { RegistryUnderTest } from '../testing/registry-under-test';

describe('the description of a dataset', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    await registry.ok('POST', '/api/v1/datasets', { name: 'iris', description: 'flowers' });
  });
  afterAll(() => registry.stop());

  it('is changed by editors, on record', async () => {
    const changed = await registry.ok<Dataset>(
      'PATCH',
      '/api/v1/datasets/iris',
      { description: 'Irises, measured' },
      { as: 'editor' },
    );
    expect(changed).toMatchObject({ name: 'iris', description: 'Irises, measured', latestVersion: 1 });
    await expect(registry.ok('GET', '/api/v1/datasets/iris')).resolves.toEqual(changed);
    const { items } = await registry.ok<Page<AuditEntry>>('GET', '/api/v1/audit?action=dataset.updated');
    expect(items).toMatchObject([
      {
        subject: 'datasets/iris',
        caller: { name: 'editor' },
        details: { description: 'Irises, measured' },
      },
    ]);
  });

  it.each([
    ['iris', {}, 400],
    ['iris', { description: 7 }, 400],
    ['iris', { description: 'x', name: 'y' }, 400],
    ['none', { description: 'x' }, 404],
  ])('of %s is not changed to %j', async (name, body, status) => {
    await expect(registry.call('PATCH', `/api/v1/datasets/${name}`, body)).resolves.toMatchObject({ status });
  });

  it('is not changed by viewers', async () => {
    const answer = await registry.call(
      'PATCH',
      '/api/v1/datasets/iris',
      { description: '' },
      { as: 'viewer' },
    );
    expect(answer.status).toBe(403);
  });
});
