import { join } from 'node:path';
import { loadConfig } from '@modelyard/platform-config';
import { Nudges } from '@modelyard/platform-queue';
import { startService } from '@modelyard/platform-service';
import type { RunningService } from '@modelyard/platform-service';
import { createTestRedis, eventually } from '@modelyard/platform-testing';
import type { TestRedis } from '@modelyard/platform-testing';
import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { IRIS_RECIPE } from './testing/example-job';
import { Workbench } from './testing/workbench';
import { TrainingConfig } from './training.config';
import { TrainingModule } from './training.module';

describe('the training service in this process', () => {
  let redis: TestRedis;
  let bench: Workbench;
  let service: RunningService;

  beforeAll(async () => {
    // For the trainers, which get this environment.
    process.env['NODE_OPTIONS'] = `--require ${join(__dirname, 'testing/compile-sources.cjs')}`;
    redis = await createTestRedis();
    bench = new Workbench(redis.url);
    await bench.open();
    const config = loadConfig(TrainingConfig, {
      PORT: '0',
      LOG_LEVEL: 'silent',
      INTERNAL_TOKEN_SECRET: 'a-secret-of-the-tests-with-32-characters',
      REDIS_URL: redis.url,
      REGISTRY_URL: bench.registry.url,
      ARTIFACT_STORE_URL: bench.artifactStoreUrl,
      TRAINING_MAX_THREADS: '1',
      SOURCE_COMMIT: 'abcdef1',
    });
    service = await startService({ name: 'training', module: TrainingModule.of(config), config });
  });

  afterAll(async () => {
    await service.stop();
    await bench.close();
    await redis.drop();
    delete process.env['NODE_OPTIONS'];
  });

  it('trains what is queued, and counts it', async () => {
    const recipe = { ...IRIS_RECIPE, training: { ...IRIS_RECIPE.training, threads: 4 } };
    const job = await bench.outcome(await bench.train(recipe));
    expect(job).toMatchObject({ status: 'succeeded', params: { threads: '1', commit: 'abcdef1' } });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('modelyard_training_jobs_total{status="succeeded",service="training"} 1');
    expect(metrics).toContain('modelyard_training_epoch_seconds_count{service="training"} 40');
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  });

  it('cancels at once when it is nudged', async () => {
    const job = await bench.train({ ...IRIS_RECIPE, training: { ...IRIS_RECIPE.training, epochs: 10_000 } });
    await eventually(() => expect(job.metrics.length).toBeGreaterThan(0), { timeoutMs: 30_000 });
    job.cancelRequested = true;
    await service.app.get(Nudges).publish(NUDGE_CHANNELS.cancel, job.id);
    await expect(bench.outcome(job)).resolves.toMatchObject({ status: 'cancelled' });
  });
});
