import type { Page, Problem, RegisteredModel } from '@modelyard/contracts';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { Trainer } from '../testing/trainer';

describe('models', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  it('registers a name once', async () => {
    const body = { name: 'Größe 3', description: 'd', tags: { team: 'a' } };
    const made = await registry.ok<RegisteredModel>('POST', '/api/v1/models', body);
    expect(made).toMatchObject({ ...body, aliases: {}, latestVersions: {} });
    const path = `/api/v1/models/${encodeURIComponent(body.name)}`;
    await expect(registry.ok('GET', path)).resolves.toEqual(made);
    const again = await registry.call<Problem>('POST', '/api/v1/models', body);
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_EXISTS', errors: [{ path: 'name' }] },
    });
  });

  it('changes only what it was when it was read', async () => {
    const made = await registry.call('POST', '/api/v1/models', {
      name: 'changing',
      tags: { a: '1', b: '1' },
    });
    const etag = made.headers.get('etag') ?? '';
    const changed = await registry.call<RegisteredModel>(
      'PATCH',
      '/api/v1/models/changing',
      { tags: { a: '2' } },
      {
        headers: { 'if-match': etag },
      },
    );
    expect(changed.body).toMatchObject({ tags: { a: '2' }, description: '' });
    const late = await registry.call<Problem>(
      'PATCH',
      '/api/v1/models/changing',
      { description: 'x' },
      {
        headers: { 'if-match': etag },
      },
    );
    expect(late).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    const anyway = await registry.call(
      'PATCH',
      '/api/v1/models/changing',
      { description: 'x' },
      {
        headers: { 'if-match': '*' },
      },
    );
    expect(anyway.status).toBe(200);
    const deleting = await registry.call('DELETE', '/api/v1/models/changing', undefined, {
      headers: { 'if-match': etag },
    });
    expect(deleting.status).toBe(412);
  });

  it('is deleted with its versions, but not while it is served', async () => {
    await new Trainer(registry).train('served');
    await registry.ok('POST', '/api/v1/deployments', {
      name: 'served',
      target: { model: 'served', version: 1 },
    });
    const refused = await registry.call<Problem>('DELETE', '/api/v1/models/served');
    expect(refused).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(refused.body.detail).toContain("deployment 'served'");
    const version = await registry.call<Problem>('DELETE', '/api/v1/models/served/versions/1');
    expect(version.status).toBe(409);
    await registry.ok('DELETE', '/api/v1/deployments/served');
    expect((await registry.call('DELETE', '/api/v1/models/served')).status).toBe(204);
    expect((await registry.call('GET', '/api/v1/models/served/versions/1')).status).toBe(404);
  });

  it('lists by name, and looks into names', async () => {
    for (const name of ['list-b', 'list-a', 'LIST-c']) await registry.ok('POST', '/api/v1/models', { name });
    const page = await registry.ok<Page<RegisteredModel>>('GET', '/api/v1/models?search=list-&pageSize=2');
    expect(page.items).toHaveLength(2);
    const rest = await registry.ok<Page<RegisteredModel>>(
      'GET',
      `/api/v1/models?search=list-&pageSize=2&pageToken=${page.nextPageToken}`,
    );
    expect([...page.items, ...rest.items].map(({ name }) => name).sort()).toEqual([
      'LIST-c',
      'list-a',
      'list-b',
    ]);
    expect(rest.nextPageToken).toBeUndefined();
  });

  it.each([['a/b'], ['a:b'], [''], [' a'], ['a\n'], ['x'.repeat(256)], [7], [null]])(
    'refuses the name %j',
    async (name) => {
      const answer = await registry.call<Problem>('POST', '/api/v1/models', { name });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'name' }] } });
    },
  );

  it('does not know what does not exist', async () => {
    expect((await registry.call('GET', '/api/v1/models/none')).status).toBe(404);
    expect((await registry.call('PATCH', '/api/v1/models/none', {})).status).toBe(404);
    expect((await registry.call('DELETE', '/api/v1/models/none')).status).toBe(404);
    expect((await registry.call('GET', '/api/v1/models/none/versions')).status).toBe(404);
  });
});
