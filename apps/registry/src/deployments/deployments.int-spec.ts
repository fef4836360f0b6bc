import type { Deployment, DeploymentRevision, DesiredDeployments, Page, Problem } from '@modelyard/contracts';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { Trainer } from '../testing/trainer';

describe('deployments', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    const trainer = new Trainer(registry);
    for (const model of ['m', 'm', 'm', 'other', 'other']) await trainer.train(model);
    await registry.ok('POST', '/api/v1/models/m/versions/1/stage', { stage: 'Production' });
    await registry.ok('PUT', '/api/v1/models/m/aliases/champion', { version: 1 });
  });
  afterAll(() => registry.stop());

  const create = (name: string, target: unknown, more: object = {}): Promise<Deployment> =>
    registry.ok<Deployment>('POST', '/api/v1/deployments', { name, target, ...more });
  const get = (name: string): Promise<Deployment> =>
    registry.ok<Deployment>('GET', `/api/v1/deployments/${name}`);
  const revisions = async (name: string): Promise<DeploymentRevision[]> =>
    (await registry.ok<Page<DeploymentRevision>>('GET', `/api/v1/deployments/${name}/revisions`)).items;
  const desired = (): Promise<DesiredDeployments> =>
    registry.ok<DesiredDeployments>('GET', '/internal/deployments', undefined, { as: 'inference' });

  it('make the first one the default, when several begin at once too', async () => {
    await Promise.all([1, 2, 3, 4].map((number) => create(`first-${number}`, { model: 'm', version: 1 })));
    const { items } = await registry.ok<Page<Deployment>>('GET', '/api/v1/deployments');
    expect(items.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    await registry.ok('PATCH', '/api/v1/deployments/first-3', { isDefault: true });
    await create('second', { model: 'm', version: 1 }, { isDefault: false });
    const later = await registry.ok<Page<Deployment>>('GET', '/api/v1/deployments');
    expect(later.items.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['first-3']);
    expect(later.items.find(({ name }) => name === 'first-3')?.revision).toBe(1);
  });

  it('follow stages and aliases, and fixed versions stay', async () => {
    await create('by-stage', { model: 'm', stage: 'Production' });
    await create('by-alias', { model: 'm', alias: 'champion' });
    await create('fixed', { model: 'm', version: 1 });
    const before = (await desired()).etag;
    await registry.ok('POST', '/api/v1/models/m/versions/2/stage', { stage: 'Production', reason: 'better' });
    await registry.ok('PUT', '/api/v1/models/m/aliases/champion', { version: 3 });
    await expect(get('by-stage')).resolves.toMatchObject({ revision: 2, desired: { version: 2 } });
    await expect(get('by-alias')).resolves.toMatchObject({ revision: 2, desired: { version: 3 } });
    await expect(get('fixed')).resolves.toMatchObject({ revision: 1, desired: { version: 1 } });
    expect((await revisions('by-stage'))[0]).toMatchObject({
      revision: 2,
      reason: 'better',
      author: 'admin',
    });
    const { etag, deployments } = await desired();
    expect(etag).not.toBe(before);
    expect(deployments.find(({ name }) => name === 'by-alias')).toMatchObject({
      version: 3,
      revision: 2,
      signature: { task: 'tabular-classification' },
      package: expect.arrayContaining([expect.objectContaining({ path: 'model.onnx' })]) as unknown,
    });
  });

  it('go on serving when their stage is emptied or their alias removed', async () => {
    await registry.ok('PUT', '/api/v1/models/m/aliases/short', { version: 2 });
    await create('bereft', { model: 'm', alias: 'short' });
    await registry.ok('DELETE', '/api/v1/models/m/aliases/short');
    await expect(get('bereft')).resolves.toMatchObject({ revision: 1, desired: { version: 2 } });
  });

  it('follow a training that registers into their stage', async () => {
    const trainer = new Trainer(registry);
    await trainer.train('fresh', 'Production');
    await create('fresh', { model: 'fresh', stage: 'Production' });
    await trainer.train('fresh', 'Production');
    await expect(get('fresh')).resolves.toMatchObject({ revision: 2, desired: { version: 2 } });
  });

  it('roll back as a new revision that is pinned, and again to and fro', async () => {
    await create('rolled', { model: 'm', version: 1 });
    await registry.ok('PATCH', '/api/v1/deployments/rolled', {
      target: { model: 'other', version: 2 },
      reason: 'try',
    });
    const rollback = (body: object = {}): Promise<Deployment> =>
      registry.ok<Deployment>('POST', '/api/v1/deployments/rolled/rollback', body);
    await expect(rollback({ reason: 'worse' })).resolves.toMatchObject({
      revision: 3,
      target: { model: 'm', version: 1 },
      desired: { model: 'm', version: 1 },
    });
    await expect(rollback()).resolves.toMatchObject({ revision: 4, desired: { model: 'other', version: 2 } });
    await expect(rollback({ toRevision: 1 })).resolves.toMatchObject({
      revision: 5,
      desired: { model: 'm' },
    });
    const reasons = (await revisions('rolled')).map(({ reason }) => reason);
    expect(reasons[2]).toBe('rollback to revision 1: worse');
    expect(reasons).toHaveLength(5);
  });

  it('have nothing to roll back to at first', async () => {
    await create('young', { model: 'm', version: 1 });
    const path = '/api/v1/deployments/young/rollback';
    expect((await registry.call<Problem>('POST', path, {})).status).toBe(409);
    expect((await registry.call<Problem>('POST', path, { toRevision: 9 })).status).toBe(404);
  });

  it('do not roll back to a version that is deleted', async () => {
    await new Trainer(registry).train('m');
    const { items } = await registry.ok<Page<{ version: number }>>(
      'GET',
      '/api/v1/models/m/versions?pageSize=1',
    );
    const version = items[0]?.version ?? 0;
    await create('regret', { model: 'm', version });
    await registry.ok('PATCH', '/api/v1/deployments/regret', { target: { model: 'm', version: 1 } });
    await registry.ok('DELETE', `/api/v1/models/m/versions/${version}`);
    const answer = await registry.call<Problem>('POST', '/api/v1/deployments/regret/rollback', {});
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toContain('deleted');
  });

  it('change nothing when the same is asked for again', async () => {
    await create('calm', { model: 'm', version: 1 });
    await registry.ok('PATCH', '/api/v1/deployments/calm', {
      target: { model: 'm', version: 1 },
      reason: 'again',
    });
    expect(await revisions('calm')).toHaveLength(1);
  });

  it('change only what they were when they were read', async () => {
    await create('matched', { model: 'm', version: 1 });
    const path = '/api/v1/deployments/matched';
    const etag = (await registry.call('GET', path)).headers.get('etag') ?? '';
    const target = { model: 'm', version: 2 };
    const options = { headers: { 'if-match': etag } };
    expect((await registry.call('PATCH', path, { target }, options)).status).toBe(200);
    expect((await registry.call('PATCH', path, { target: { model: 'm', version: 3 } }, options)).status).toBe(
      412,
    );
    expect((await registry.call('POST', `${path}/rollback`, {}, options)).status).toBe(412);
    expect((await registry.call('DELETE', path, undefined, options)).status).toBe(412);
  });

  it('survive many moves at once, with every revision written down', async () => {
    await create('busy', { model: 'other', version: 1 });
    const moves = Array.from({ length: 12 }, (_, i) => ({ model: 'other', version: (i % 2) + 1 }));
    const answers = await Promise.all(
      moves.map((target) => registry.call('PATCH', '/api/v1/deployments/busy', { target })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const list = await revisions('busy');
    expect(list.map(({ revision }) => revision)).toEqual(
      Array.from({ length: list.length }, (_, i) => list.length - i),
    );
    await expect(get('busy')).resolves.toMatchObject({ revision: list.length, desired: list[0]?.desired });
  });

  it('go on counting revisions when a name is used again', async () => {
    await create('again', { model: 'm', version: 1 });
    expect((await registry.call('DELETE', '/api/v1/deployments/again')).status).toBe(204);
    expect((await registry.call('GET', '/api/v1/deployments/again')).status).toBe(404);
    expect((await desired()).deployments.map(({ name }) => name)).not.toContain('again');
    await expect(create('again', { model: 'm', version: 2 })).resolves.toMatchObject({ revision: 2 });
    const taken = await registry.call<Problem>('POST', '/api/v1/deployments', {
      name: 'again',
      target: { model: 'm', version: 1 },
    });
    expect(taken).toMatchObject({ status: 409, body: { code: 'ALREADY_EXISTS' } });
  });

  it('tell what the replicas say', async () => {
    await create('watched', { model: 'm', version: 1 });
    const say = (body: object): Promise<{ status: number }> =>
      registry.call('PUT', '/internal/deployments/watched/status', body, { as: 'inference' });
    await say({ replica: 'a', state: 'ready', revision: 1, serving: { model: 'm', version: 1 } });
    await say({ replica: 'b', state: 'loading', revision: 1 });
    await expect(get('watched')).resolves.toMatchObject({ status: { state: 'loading' } });
    await say({ replica: 'b', state: 'failed', revision: 1, message: 'checksum' });
    await expect(get('watched')).resolves.toMatchObject({ status: { state: 'failed', message: 'checksum' } });
    expect((await say({ replica: 'b', state: 'fine', revision: 1 })).status).toBe(400);
    const unknown = await registry.call(
      'PUT',
      '/internal/deployments/nobody/status',
      {
        replica: 'a',
        state: 'ready',
        revision: 1,
      },
      { as: 'inference' },
    );
    expect(unknown.status).toBe(404);
  });

  it('are read by predictors, and changed by editors', async () => {
    expect((await registry.call('GET', '/api/v1/deployments', undefined, { as: 'predictor' })).status).toBe(
      200,
    );
    const body = { name: 'denied', target: { model: 'm', version: 1 } };
    expect((await registry.call('POST', '/api/v1/deployments', body, { as: 'viewer' })).status).toBe(403);
    expect((await registry.call('GET', '/internal/deployments', undefined, { as: 'admin' })).status).toBe(
      403,
    );
  });

  it.each([
    [{ name: 'bad', target: { model: 'none', version: 1 } }, 404, 'target.model'],
    [{ name: 'bad', target: { model: 'm', version: 99 } }, 404, 'target.version'],
    [{ name: 'bad', target: { model: 'm', stage: 'Staging' } }, 404, 'target.stage'],
    [{ name: 'bad', target: { model: 'm', alias: 'nobody' } }, 404, 'target.alias'],
    [{ name: 'bad', target: { model: 'm' } }, 400, 'target'],
    [{ name: 'bad', target: { model: 'm', version: 1, stage: 'None' } }, 400, 'target'],
    [{ name: 'bad', target: { model: 'm', version: '1' } }, 400, 'target.version'],
    [{ name: 'bad', target: { model: 'm', version: null } }, 400, 'target.version'],
    [{ name: 'bad', target: 'm' }, 400, 'target'],
    [{ name: 'bad', target: [] }, 400, 'target'],
    [{ name: 'bad' }, 400, 'target'],
    [{ name: 'a/b', target: { model: 'm', version: 1 } }, 400, 'name'],
    [{ name: 'bad', target: { model: 'm', version: 1 }, weight: 1 }, 400, 'weight'],
  ])('refuse %j', async (body, status, path) => {
    const answer = await registry.call<Problem>('POST', '/api/v1/deployments', body);
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.map((field) => field.path)).toContain(path);
  });
});
