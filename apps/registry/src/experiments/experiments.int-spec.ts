import type { Experiment, Page, Problem } from '@modelyard/contracts';
import { RegistryUnderTest } from '../testing/registry-under-test';

describe('experiments', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  it('has Default with the id 0 from the start', async () => {
    await expect(registry.ok('GET', '/api/v1/experiments/0')).resolves.toMatchObject({
      id: '0',
      name: 'Default',
      lifecycle: 'active',
    });
  });

  it('gives numbers as ids, and a name once', async () => {
    const body = { name: 'vision', tags: { team: 'a' } };
    const made = await registry.ok<Experiment>('POST', '/api/v1/experiments', body);
    expect(made).toMatchObject({ id: expect.stringMatching(/^\d+$/) as string, ...body });
    const again = await registry.call<Problem>('POST', '/api/v1/experiments', body);
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_EXISTS', errors: [{ path: 'name' }] },
    });
    await expect(registry.ok('GET', `/api/v1/experiments/${made.id}`)).resolves.toEqual(made);
  });

  it('looks into names, taking wildcards for what they are', async () => {
    for (const name of ['100% sure', '100 sure', 'SURE_thing']) {
      await registry.ok('POST', '/api/v1/experiments', { name });
    }
    const find = async (search: string): Promise<string[]> => {
      const path = `/api/v1/experiments?search=${encodeURIComponent(search)}&lifecycle=active`;
      return (await registry.ok<Page<Experiment>>('GET', path)).items.map(({ name }) => name);
    };
    await expect(find('sure')).resolves.toEqual(['100% sure', '100 sure', 'SURE_thing']);
    await expect(find('0% s')).resolves.toEqual(['100% sure']);
    await expect(find('e_t')).resolves.toEqual(['SURE_thing']);
  });

  it.each([
    ['/api/v1/experiments/999999', 404],
    ['/api/v1/experiments/first', 400],
    ['/api/v1/experiments/99999999999999999999', 400],
    ['/api/v1/experiments?lifecycle=old', 400],
    ['/api/v1/experiments?pageSize=0', 400],
    ['/api/v1/experiments?pageSize=many', 400],
  ])('answers GET %s with %i', async (path, status) => {
    expect((await registry.call('GET', path)).status).toBe(status);
  });
});
