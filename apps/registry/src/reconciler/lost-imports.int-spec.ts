import type { DatasetImport } from '@modelyard/contracts';
import { JobProducer } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { sql } from 'drizzle-orm';
import { Importer } from '../testing/importer';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { ForgetCheckpoints } from './forget-checkpoints';
import { MAX_ATTEMPTS } from './requeue-lost';
import { RequeueLostImports } from './requeue-lost-imports';

describe('imports that the queue loses', () => {
  let registry: RegistryUnderTest;
  let importer: Importer;
  let producer: JobProducer;
  let requeue: RequeueLostImports;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    importer = new Importer(registry);
    producer = registry.service.app.get(JobProducer, { strict: false });
    requeue = registry.service.app.get(RequeueLostImports, { strict: false });
  });
  afterAll(() => registry.stop());

  const state = (id: string) => producer.state('imports', id);
  const get = (id: string) => registry.ok<DatasetImport>('GET', `/api/v1/dataset-imports/${id}`);

  async function queued(): Promise<DatasetImport> {
    const submitted = await importer.submit();
    await eventually(async () => expect(await state(submitted.id)).toBe('waiting'));
    return submitted;
  }

  it('are added again when Redis has lost all it held, whether they wait or run', async () => {
    const [waiting, running, done] = [await queued(), await queued(), await queued()];
    await importer.start(running.id);
    await importer.finish(done.id);
    await registry.environment.emptyRedis();
    const added = await requeue.execute(-1_000, 1); // every import is looked at, however small the batches
    expect(added.sort()).toEqual([waiting.id, running.id].sort());
    for (const { id } of [waiting, running]) expect(await state(id)).toBe('waiting');
    await expect(requeue.execute(-1_000)).resolves.toEqual([]);
    await expect(importer.finish(waiting.id)).resolves.toMatchObject({ status: 'succeeded' });
  });

  it('are left alone while they settle, and once they have ended', async () => {
    const fresh = await queued();
    await producer.remove('imports', fresh.id);
    expect(await requeue.execute()).not.toContain(fresh.id);
    await registry.ok('POST', `/api/v1/dataset-imports/${fresh.id}/cancel`);
    expect(await requeue.execute(-1_000)).not.toContain(fresh.id);
  });

  it('are given up after many attempts, with what the last one said', async () => {
    const { id } = await queued();
    await importer.start(id);
    const error = { message: 'example.org cannot be reached', problems: [], problemCount: 0 };
    await importer.say(id, 'fail', { error, retriable: true });
    await producer.remove('imports', id);
    await registry.database.db.execute(
      sql`update dataset_imports set attempt = ${MAX_ATTEMPTS} where id = ${id}`,
    );
    expect(await requeue.execute(-1_000)).not.toContain(id);
    const { status, error: said } = await get(id);
    expect([status, said?.message]).toEqual([
      'failed',
      `Given up after ${MAX_ATTEMPTS} attempts, the last of which to say why said: example.org cannot be reached`,
    ]);
  });

  it('are forgotten how far they had come, with the content that they kept', async () => {
    const { id } = await queued();
    await importer.start(id);
    await importer.say(id, 'progress', { checkpoint: { part: 1, blobs: ['ab'.repeat(32)] } });
    const error = { message: 'flowers.csv cannot be read.', problems: [], problemCount: 0 };
    await importer.say(id, 'fail', { error, retriable: false });
    const forget = registry.service.app.get(ForgetCheckpoints, { strict: false });
    const kept = async (): Promise<unknown[]> => {
      const found = sql`select sha256 from dataset_import_blobs where import_id = ${id}`;
      return (await registry.database.db.execute(found)).rows;
    };
    await forget.execute();
    expect(await kept()).toHaveLength(1);
    expect(await forget.execute(-1_000)).toBe(1);
    expect(await kept()).toEqual([]);
    const released = await registry.database.db.execute(
      sql`select sha256 from released_blobs where sha256 = ${'ab'.repeat(32)}`,
    );
    expect(released.rows).toHaveLength(1);
    await registry.ok('POST', `/api/v1/dataset-imports/${id}/retry`);
    expect(await importer.start(id)).not.toHaveProperty('checkpoint');
  });
});
