import type { ModelVersion, Page, Problem, RegisteredModel, Run } from '@modelyard/contracts';
import { ArtifactRepository } from '../runs/artifact.repository';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { SIGNATURE, Trainer } from '../testing/trainer';

describe('model versions', () => {
  let registry: RegistryUnderTest;
  let trainer: Trainer;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    trainer = new Trainer(registry);
  });
  afterAll(() => registry.stop());

  async function runWith(paths: string[]): Promise<string> {
    const run = await registry.ok<Run>('POST', '/api/v1/runs', {});
    const files = await trainer.storePackage();
    const artifacts = files
      .filter(({ path }) => paths.includes(path))
      .map((file) => ({ ...file, path: `out/${file.path}`, mediaType: 'application/octet-stream' }));
    await registry.service.app.get(ArtifactRepository, { strict: false }).put(run.id, artifacts);
    return run.id;
  }

  it('are registered from a run that logged a package', async () => {
    const runId = await runWith(['MLmodel', 'model.onnx', 'signature.json']);
    const body = { runId, artifactPath: 'out/', description: 'by hand', tags: { from: 'hand' } };
    const version = await registry.ok<ModelVersion>('POST', '/api/v1/models/by-hand/versions', body);
    expect(version).toMatchObject({
      model: 'by-hand',
      version: 1,
      stage: 'None',
      status: 'ready',
      runId,
      signature: SIGNATURE,
      tags: { from: 'hand' },
      description: 'by hand',
    });
    expect(version.package.map(({ path }) => path).sort()).toEqual([
      'MLmodel',
      'model.onnx',
      'signature.json',
    ]);
  });

  it.each([
    [['MLmodel', 'signature.json']],
    [['model.onnx', 'signature.json']],
    [['MLmodel', 'model.onnx']],
    [[]],
  ])('are not registered from an incomplete package: %j', async (paths) => {
    const runId = await runWith(paths);
    const answer = await registry.call<Problem>('POST', '/api/v1/models/holes/versions', {
      runId,
      artifactPath: 'out',
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect((await registry.call('GET', '/api/v1/models/holes')).status).toBe(404);
  });

  it('keep their numbers for ever', async () => {
    for (let count = 0; count < 3; count++) await trainer.train('counted');
    await registry.ok('DELETE', '/api/v1/models/counted/versions/3');
    const { result } = await trainer.train('counted');
    expect(result?.model).toEqual({ name: 'counted', version: 4 });
    const page = await registry.ok<Page<ModelVersion>>('GET', '/api/v1/models/counted/versions?pageSize=2');
    expect(page.items.map(({ version }) => version)).toEqual([4, 2]);
    const rest = await registry.ok<Page<ModelVersion>>(
      'GET',
      `/api/v1/models/counted/versions?pageSize=2&pageToken=${page.nextPageToken}`,
    );
    expect(rest.items.map(({ version }) => version)).toEqual([1]);
  });

  it('change in description and tags, if they are as they were read', async () => {
    await trainer.train('described');
    const path = '/api/v1/models/described/versions/1';
    const etag = (await registry.call('GET', path)).headers.get('etag') ?? '';
    const changed = await registry.call<ModelVersion>(
      'PATCH',
      path,
      { description: 'better', tags: { a: 'b' } },
      {
        headers: { 'if-match': etag },
      },
    );
    expect(changed.body).toMatchObject({ description: 'better', tags: { a: 'b' } });
    const late = await registry.call('DELETE', path, undefined, { headers: { 'if-match': etag } });
    expect(late.status).toBe(412);
  });

  describe('stages', () => {
    const move = (
      model: string,
      version: number,
      body: unknown,
    ): Promise<{ status: number; body: Problem }> =>
      registry.call('POST', `/api/v1/models/${model}/versions/${version}/stage`, body);
    const stages = async (model: string): Promise<Record<number, string>> => {
      const { items } = await registry.ok<Page<ModelVersion>>('GET', `/api/v1/models/${model}/versions`);
      return Object.fromEntries(items.map(({ version, stage }) => [version, stage]));
    };

    it('leave one version in Production when two are promoted at once', async () => {
      for (let count = 0; count < 4; count++) await trainer.train('raced');
      const answers = await Promise.all(
        [1, 2, 3, 4].map((version) => move('raced', version, { stage: 'Production' })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const found = Object.values(await stages('raced')).sort();
      expect(found).toEqual(['Archived', 'Archived', 'Archived', 'Production']);
    });

    it('keep what is there when asked to, and archive nothing on the way out', async () => {
      for (let count = 0; count < 3; count++) await trainer.train('kept');
      await move('kept', 1, { stage: 'Production' });
      await move('kept', 2, { stage: 'Production', archiveExisting: false });
      await expect(stages('kept')).resolves.toEqual({ 1: 'Production', 2: 'Production', 3: 'None' });
      await move('kept', 2, { stage: 'Archived', archiveExisting: true });
      await move('kept', 3, { stage: 'None' });
      await expect(stages('kept')).resolves.toEqual({ 1: 'Production', 2: 'Archived', 3: 'None' });
      const model = await registry.ok<RegisteredModel>('GET', '/api/v1/models/kept');
      expect(model.latestVersions).toEqual({ Production: 1, Archived: 2, None: 3 });
      const archived = await registry.ok<Page<ModelVersion>>(
        'GET',
        '/api/v1/models/kept/versions?stage=Archived',
      );
      expect(archived.items.map(({ version }) => version)).toEqual([2]);
    });

    it('write what they did into the audit trail, once', async () => {
      await trainer.train('audited');
      for (let count = 0; count < 2; count++) await move('audited', 1, { stage: 'Staging', reason: 'good' });
      const { items } = await registry.ok<Page<unknown>>(
        'GET',
        '/api/v1/audit?subject=models/audited/versions/1&action=model.stage-changed',
      );
      expect(items).toMatchObject([
        { details: { from: 'None', to: 'Staging', archived: [], reason: 'good' } },
      ]);
    });

    it.each([
      [{ stage: 'production' }, 1, 400],
      [{ stage: 'Live' }, 1, 400],
      [{}, 1, 400],
      [{ stage: 'Staging', archiveExisting: 'yes' }, 1, 400],
      [{ stage: 'Staging' }, 99, 404],
      [{ stage: 'Staging' }, 0, 400],
      [{ stage: 'Staging' }, 99999999999, 400],
      [{ stage: 'Staging' }, 1.5, 400],
    ])('refuse %j for version %d', async (body, version, status) => {
      await trainer.train('refusing');
      expect((await move('refusing', version, body)).status).toBe(status);
    });
  });

  describe('aliases', () => {
    const path = '/api/v1/models/aliased/aliases';

    it('move, resolve and go', async () => {
      for (let count = 0; count < 2; count++) await trainer.train('aliased');
      await registry.ok('PUT', `${path}/champion`, { version: 1 });
      await registry.ok('PUT', `${path}/champion`, { version: 2 });
      await registry.ok('PUT', `${path}/old`, { version: 1 });
      await expect(registry.ok('GET', `${path}/champion`)).resolves.toEqual({
        model: 'aliased',
        alias: 'champion',
        version: 2,
      });
      await expect(registry.ok('GET', '/api/v1/models/aliased')).resolves.toMatchObject({
        aliases: { champion: 2, old: 1 },
      });
      await expect(registry.ok('GET', '/api/v1/models/aliased/versions/2')).resolves.toMatchObject({
        aliases: ['champion'],
      });
      expect((await registry.call('DELETE', `${path}/champion`)).status).toBe(204);
      expect((await registry.call('DELETE', `${path}/champion`)).status).toBe(404);
      expect((await registry.call('GET', `${path}/champion`)).status).toBe(404);
    });

    it('go with the version that they point at', async () => {
      await trainer.train('gone');
      await registry.ok('PUT', '/api/v1/models/gone/aliases/only', { version: 1 });
      await registry.ok('DELETE', '/api/v1/models/gone/versions/1');
      await expect(registry.ok('GET', '/api/v1/models/gone')).resolves.toMatchObject({ aliases: {} });
    });

    it.each([
      ['latest', { version: 1 }, 400],
      ['v3', { version: 1 }, 400],
      ['a b', { version: 1 }, 400],
      ['ok', { version: 77 }, 404],
      ['ok', { version: '1' }, 400],
      ['ok', {}, 400],
    ])('refuse %s %j', async (alias, body, status) => {
      const answer = await registry.call('PUT', `${path}/${encodeURIComponent(alias)}`, body);
      expect(answer.status).toBe(status);
    });
  });
});
