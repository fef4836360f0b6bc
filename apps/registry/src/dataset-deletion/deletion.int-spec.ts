import type {
  AuditEntry,
  DatasetLineage,
  DatasetVersion,
  ModelLineage,
  Page,
  Problem,
} from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { SweepReleasedBlobs } from '../blob-references/sweep-released-blobs';
import { Importer } from '../testing/importer';
import { people } from '../testing/people';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { addDerivedVersion, addTableVersion } from '../testing/table-version';
import { Trainer } from '../testing/trainer';

describe('deleting a version', () => {
  let registry: RegistryUnderTest;
  beforeEach(async () => (registry = await RegistryUnderTest.start()));
  afterEach(() => registry.stop());

  const remove = (path: string, query = '', as: 'editor' | 'viewer' = 'editor') =>
    registry.call<DatasetVersion & Problem>('DELETE', `/api/v1/datasets/${path}${query}`, undefined, { as });
  const sweep = (): Promise<number> =>
    registry.service.app.get(SweepReleasedBlobs, { strict: false }).execute(-1_000);
  const stored = async ({ blob }: DatasetVersion): Promise<boolean> =>
    (await registry.service.app.get(BlobStore, { strict: false }).stat(blob.sha256)) !== undefined;

  it('takes the content and keeps the record, and what other versions share', async () => {
    const first = await addTableVersion(registry, 'people', people());
    const second = await addDerivedVersion(registry, first, { filter: 'age < 60' });
    const gone = await remove('people/versions/1', '?reason=Erasure%2017');
    expect(gone).toMatchObject({
      status: 200,
      body: {
        version: 1,
        digest: first.digest,
        rows: 120,
        deleted: { by: 'editor', reason: 'Erasure 17', at: expect.any(String) as string },
      },
    });
    await expect(remove('people/versions/1')).resolves.toMatchObject({ status: 200, body: gone.body });
    await expect(registry.ok('GET', '/api/v1/datasets/people/versions/1')).resolves.toEqual(gone.body);

    expect(await sweep()).toBeGreaterThan(0);
    expect([await stored(first), await stored(second)]).toEqual([false, true]);
    const rows = await registry.ok('GET', '/api/v1/datasets/people/versions/2/rows?total=true&pageSize=1');
    expect(rows).toMatchObject({ total: 100 });
    await expect(
      registry.ok<DatasetLineage>('GET', '/api/v1/datasets/people/versions/2/lineage'),
    ).resolves.toMatchObject({ parent: { version: 1 } });

    const { items } = await registry.ok<Page<AuditEntry>>(
      'GET',
      '/api/v1/audit?action=dataset.version-deleted',
    );
    expect(items).toMatchObject([
      {
        subject: 'datasets/people/versions/1',
        caller: { name: 'editor' },
        details: { reason: 'Erasure 17', digest: first.digest },
      },
    ]);
  });

  it('is heard of by whoever asks for the content', async () => {
    await addTableVersion(registry, 'people', people());
    await addTableVersion(registry, 'people', people(90));
    await remove('people/versions/1', '?reason=old');
    const reads = [
      'statistics',
      'contract-report',
      'preview',
      'rows',
      'samples',
      'download',
      'quarantine',
      'compare/2',
    ].map((what) => ['GET', `people/versions/1/${what}`] as const);
    for (const [method, path] of [
      ...reads,
      ['GET', 'people/versions/2/compare/1'] as const,
      ['POST', 'people/versions/1/contract'] as const,
    ]) {
      const answer = await registry.call<Problem>(method, `/api/v1/datasets/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body.detail).toMatch(/version 1 of dataset 'people' was deleted on/);
    }
    // Distances are taken from the newest version that is there; with none before, there are none.
    const contract = { kind: 'table', policy: 'warn', drift: { maximumPsi: 0.1 } };
    await expect(
      registry.ok('POST', '/api/v1/datasets/people/versions/2/check', { contract }),
    ).resolves.toMatchObject({ violations: [] });
    await expect(registry.ok('GET', '/api/v1/datasets/people/versions/latest')).resolves.toMatchObject({
      version: 2,
    });
  });

  it('is refused while a training or an import reads the version, even with force', async () => {
    const trainer = new Trainer(registry);
    const job = await trainer.submit();
    const path = 'iris/versions/1';
    const refused = await remove(path, '?force=true&reason=now');
    expect([refused.status, refused.body.code]).toEqual([409, 'CONFLICT']);
    expect(refused.body.detail).toContain(`training job ${job.id}`);
    await registry.ok('POST', `/api/v1/training-jobs/${job.id}/cancel`);
    const derived = await registry.ok<{ id: string }>('POST', `/api/v1/datasets/${path}/derive`, {
      drop: [1],
    });
    expect((await remove(path)).body.detail).toContain(`import ${derived.id}`);
    await registry.ok('POST', `/api/v1/dataset-imports/${derived.id}/cancel`);
    expect((await remove(path)).status).toBe(200);
  });

  it('is refused while a model that was trained on it is in use, unless it is forced with a reason', async () => {
    await new Trainer(registry).train('iris', 'Production');
    await registry.ok('POST', '/api/v1/deployments', {
      name: 'served',
      target: { model: 'iris', stage: 'Production' },
    });
    const path = 'iris/versions/1';
    const refused = await remove(path, '?reason=space');
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain("version 1 of model 'iris' (Production), deployment 'served'");
    expect((await remove(path, '?force=true')).body).toMatchObject({ errors: [{ path: 'reason' }] });
    expect((await remove(path, '?force=true&reason=%20')).status).toBe(400);
    const forced = await remove(path, '?force=true&reason=erasure');
    expect(forced).toMatchObject({ status: 200, body: { deleted: { reason: 'erasure' } } });
    const { items } = await registry.ok<Page<AuditEntry>>(
      'GET',
      '/api/v1/audit?action=dataset.version-deleted',
    );
    expect(JSON.stringify(items[0]?.details)).toContain("deployment 'served'");
    await expect(
      registry.ok<ModelLineage>('GET', '/api/v1/models/iris/versions/1/lineage'),
    ).resolves.toMatchObject({
      dataset: { version: 1, deleted: true },
    });
    // The number is never given again.
    await expect(registry.ok('POST', '/api/v1/datasets', { name: 'iris' })).resolves.toMatchObject({
      version: 2,
    });
  });

  it('lets the same content in again, whose blobs then stay', async () => {
    const importer = new Importer(registry);
    const first = await importer.import({ name: 'flowers' });
    await remove('flowers/versions/1');
    const again = await importer.import({ name: 'flowers' });
    expect(again).toMatchObject({ version: 2, digest: first.digest });
    await sweep();
    await expect(registry.call('GET', '/api/v1/datasets/flowers/versions/2/rows')).resolves.toMatchObject({
      status: 200,
    });
  });

  it('is refused to viewers, of what is not there, and of what is not named by its number', async () => {
    await registry.ok('POST', '/api/v1/datasets', { name: 'iris' });
    expect((await remove('iris/versions/1', '', 'viewer')).status).toBe(403);
    expect((await remove('iris/versions/2')).status).toBe(404);
    expect((await remove('none/versions/1')).status).toBe(404);
    expect((await remove('iris/versions/latest')).status).toBe(400);
    expect((await remove('iris/versions/1', '?force=perhaps')).status).toBe(400);
  });
});
