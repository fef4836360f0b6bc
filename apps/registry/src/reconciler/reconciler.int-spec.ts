import type { TrainingJob } from '@modelyard/contracts';
import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { JobProducer, JobWorkers, Nudges, PermanentJobError } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { sql } from 'drizzle-orm';
import { Importer } from '../testing/importer';
import { createEnvironment, RegistryUnderTest } from '../testing/registry-under-test';
import { Trainer } from '../testing/trainer';
import { MAX_ATTEMPTS } from './requeue-lost';
import { RequeueLostJobs } from './requeue-lost-jobs';

describe('what the queue loses', () => {
  let registry: RegistryUnderTest;
  let trainer: Trainer;
  let producer: JobProducer;
  let requeue: RequeueLostJobs;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    trainer = new Trainer(registry);
    producer = registry.service.app.get(JobProducer, { strict: false });
    requeue = registry.service.app.get(RequeueLostJobs, { strict: false });
  });
  afterAll(() => registry.stop());

  async function queued(): Promise<TrainingJob> {
    const job = await trainer.submit();
    await eventually(async () => expect(await producer.state('training', job.id)).toBe('waiting'));
    return job;
  }

  it('is added again, for jobs that wait and for jobs that run', async () => {
    const waiting = await queued();
    const running = await queued();
    await trainer.start(running.id);
    for (const { id } of [waiting, running]) await producer.remove('training', id);
    const added = await requeue.execute(-1_000, 1); // every job is looked at, however small the batches
    expect(added).toEqual(expect.arrayContaining([waiting.id, running.id]));
    for (const { id } of [waiting, running]) expect(await producer.state('training', id)).toBe('waiting');
    await expect(requeue.execute(-1_000)).resolves.toEqual([]);
  });

  it('is left alone while it settles, and once it has ended', async () => {
    const fresh = await queued();
    await producer.remove('training', fresh.id);
    expect(await requeue.execute()).not.toContain(fresh.id);
    await registry.ok('POST', `/api/v1/training-jobs/${fresh.id}/cancel`);
    expect(await requeue.execute(-1_000)).not.toContain(fresh.id);
  });

  it('is given up after many attempts that ended without a word', async () => {
    const job = await queued();
    await producer.remove('training', job.id);
    await registry.database.db.execute(
      sql`update training_jobs set attempt = ${MAX_ATTEMPTS} where id = ${job.id}`,
    );
    expect(await requeue.execute(-1_000)).not.toContain(job.id);
    await expect(registry.ok('GET', `/api/v1/training-jobs/${job.id}`)).resolves.toMatchObject({
      status: 'failed',
      error: expect.stringContaining('Given up') as string,
    });
  });

  it('is added again when the queue takes it for failed while the database does not', async () => {
    const own = await RegistryUnderTest.start();
    const workers = own.service.app.get(JobWorkers, { strict: false });
    await workers.start('training', {
      train: () => Promise.reject(new PermanentJobError('the registry could not be told')),
    });
    const { id } = await new Trainer(own).submit();
    const queue = own.service.app.get(JobProducer, { strict: false });
    await eventually(async () => expect(await queue.state('training', id)).toBe('failed'));
    const added = await own.service.app.get(RequeueLostJobs, { strict: false }).execute(-1_000);
    expect(added).toEqual([id]);
    await own.stop();
  });
});

describe('the reconciler', () => {
  it('removes what nobody needs any more, soon after the start', async () => {
    const environment = await createEnvironment();
    const before = await RegistryUnderTest.start(environment);
    const [gone, needed] = [await new Importer(before).upload('x'), (await new Importer(before).submit()).id];
    await before.database.db.execute(sql`update uploads set expires_at = 0`);
    await before.stop();
    Object.assign(environment.variables, { RECONCILE_INTERVAL_MS: '100' });
    const registry = await RegistryUnderTest.start(environment);
    const left = sql`select id from uploads`;
    await eventually(async () => expect((await registry.database.db.execute(left)).rows).toHaveLength(1));
    const { rows } = await registry.database.db.execute(
      sql`select upload_id from dataset_import_uploads where import_id = ${needed}`,
    );
    expect(rows).toHaveLength(1);
    expect(rows).not.toContainEqual({ upload_id: gone });
    await registry.stop();
    await environment.drop();
  });

  it('runs by itself', async () => {
    const environment = await createEnvironment({ RECONCILE_INTERVAL_MS: '100' });
    const registry = await RegistryUnderTest.start(environment);
    const producer = registry.service.app.get(JobProducer, { strict: false });
    const { id } = await new Trainer(registry).submit();
    await eventually(async () => expect(await producer.state('training', id)).toBe('waiting'));
    const imported = await new Importer(registry).submit();
    await eventually(async () => expect(await producer.state('imports', imported.id)).toBe('waiting'));
    await producer.remove('training', id);
    await producer.remove('imports', imported.id);
    await registry.database.db.execute(sql`update training_jobs set updated_at = 0 where id = ${id}`);
    await registry.database.db.execute(
      sql`update dataset_imports set updated_at = 0 where id = ${imported.id}`,
    );
    await eventually(async () => expect(await producer.state('training', id)).toBe('waiting'));
    await eventually(async () => expect(await producer.state('imports', imported.id)).toBe('waiting'));
    await registry.stop();
    await environment.drop();
  });
});

describe('events', () => {
  it('become nudges for those who keep copies', async () => {
    const registry = await RegistryUnderTest.start();
    const nudges = registry.service.app.get(Nudges, { strict: false });
    const heard: string[] = [];
    const stop = [
      await nudges.subscribe(NUDGE_CHANNELS.apiKeys, (message) => heard.push(message)),
      await nudges.subscribe(NUDGE_CHANNELS.deployments, (message) => heard.push(message)),
    ];
    await new Trainer(registry).train('nudged');
    const key = await registry.ok<{ id: string }>('POST', '/api/v1/api-keys', { name: 'x', role: 'viewer' });
    await registry.ok('POST', '/api/v1/deployments', {
      name: 'nudged',
      target: { model: 'nudged', version: 1 },
    });
    await eventually(() =>
      expect(heard).toEqual(expect.arrayContaining([`api-keys/${key.id}`, 'deployments/nudged'])),
    );
    for (const end of stop) await end();
    await registry.stop();
  });
});
