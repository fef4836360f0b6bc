import type { Recipe } from '@modelyard/contracts';
import { createTestRedis, eventually, startRedisServer } from '@modelyard/platform-testing';
import type { OwnServer, TestRedis } from '@modelyard/platform-testing';
import { IRIS_RECIPE } from './testing/example-job';
import { isAlive } from './testing/service-under-test';
import { Workbench } from './testing/workbench';

jest.setTimeout(120_000); // every test starts several processes

const withTraining = (change: Partial<Recipe['training']>): Recipe => ({
  ...IRIS_RECIPE,
  training: { ...IRIS_RECIPE.training, ...change },
});
/** Some seconds of training, so that there is time to disturb it. */
const LONG = withTraining({ epochs: 300 });
const ENDLESS = withTraining({ epochs: 10_000 });

const stepsOf = (metrics: { key: string; step: number }[]): Set<number> =>
  new Set(metrics.filter(({ key }) => key === 'val_loss').map(({ step }) => step));

describe('the training service', () => {
  let redis: TestRedis;
  let bench: Workbench;

  beforeEach(async () => {
    redis = await createTestRedis();
    bench = new Workbench(redis.url);
    await bench.open();
  });

  afterEach(async () => {
    await bench.close();
    await redis.drop();
  });

  it('trains, measures, packs and reports, the same weights each time', async () => {
    await bench.startService();
    const [first, second] = [await bench.train(IRIS_RECIPE), await bench.train(IRIS_RECIPE)];
    for (const job of [first, second]) {
      expect(await bench.outcome(job)).toMatchObject({ status: 'succeeded', attempts: 1 });
    }
    const [result] = first.results;
    expect(result?.metrics['test_accuracy']).toBeGreaterThanOrEqual(0.93);
    expect(result?.metrics['onnx_max_difference']).toBeLessThanOrEqual(1e-5);
    expect(result?.register).toMatchObject({ model: 'iris', stage: 'None' });
    expect(result?.backend).toBe('wasm');
    expect(second.results[0]?.weightsDigest).toBe(result?.weightsDigest);
    expect(stepsOf(first.metrics).size).toBe(40);
    expect(first.params).toMatchObject({
      seed: '7',
      threads: '1',
      optimizer: 'adam',
      'dataset.name': 'iris',
    });
    const paths = result?.artifacts.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['evaluation.json', 'model/MLmodel', 'model/model.onnx']));
    for (const { sha256, size } of result?.artifacts ?? []) {
      expect(await bench.blobs.stat(sha256)).toEqual({ sha256, size });
    }
    await eventually(async () => expect(await bench.producer.state('training', first.id)).toBe('completed'));
  });

  it('cancels within two seconds, and leaves no trainer behind', async () => {
    const service = await bench.startService();
    const job = await bench.train(ENDLESS);
    await bench.checkpointOf(job);
    const before = performance.now();
    job.cancelRequested = true;
    await bench.outcome(job);
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(job.status).toBe('cancelled');
    expect(isAlive(service.trainerPids[0]!)).toBe(false);
  });

  it('goes on from the last checkpoint when its trainer is killed, to the same weights', async () => {
    const service = await bench.startService();
    const job = await bench.train(LONG);
    await bench.checkpointOf(job, 20);
    process.kill(service.trainerPids[0]!, 'SIGKILL');
    const undisturbed = await bench.train(LONG);
    expect(await bench.outcome(job)).toMatchObject({ status: 'succeeded', attempts: 2 });
    await bench.outcome(undisturbed);
    expect(job.results[0]?.weightsDigest).toBe(undisturbed.results[0]?.weightsDigest);
    expect(stepsOf(job.metrics).size).toBe(300);
    expect(service.logs.some(({ msg }) => /goes on after epoch \d\d/.test(msg ?? ''))).toBe(true);
  });

  it('hands its training back on SIGTERM, and another worker goes on', async () => {
    const service = await bench.startService();
    const job = await bench.train(ENDLESS);
    await bench.checkpointOf(job);
    const [trainer] = service.trainerPids;
    // Ctrl-C reaches the trainer too; only the worker may act on it.
    process.kill(trainer!, 'SIGINT');
    const before = performance.now();
    expect(await service.stop('SIGTERM')).toBe(0);
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(isAlive(trainer!)).toBe(false);
    expect(await bench.producer.state('training', job.id)).toBe('waiting');
    const reached = job.checkpoints.at(-1)!.epoch;
    expect(reached).toBe(Math.max(...stepsOf(job.metrics)));
    await bench.startService();
    await bench.checkpointOf(job, reached + 1);
    expect(job.attempts).toBe(2);
  });

  it('is taken over when the worker is killed; its trainer ends by itself', async () => {
    const service = await bench.startService();
    const job = await bench.train(LONG);
    await bench.checkpointOf(job);
    const [trainer] = service.trainerPids;
    await service.stop('SIGKILL');
    await eventually(() => expect(isAlive(trainer!)).toBe(false));
    await bench.startService();
    expect(await bench.outcome(job)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(job.results).toHaveLength(1);
  });

  it('fails at once, and says why, when the loss is no number any more', async () => {
    await bench.startService();
    const optimizer = { type: 'sgd', learningRate: 1e38, momentum: 0, nesterov: false } as const;
    const job = await bench.train(withTraining({ optimizer }));
    expect(await bench.outcome(job)).toMatchObject({ status: 'failed', attempts: 1 });
    expect(job.error).toMatch(/diverged: \w+ is (NaN|Infinity) in epoch 1\. A lower learning rate/);
    await eventually(async () => expect(await bench.producer.state('training', job.id)).toBe('failed'));
  });

  it('registers nothing when a minimum is missed, and says so', async () => {
    await bench.startService();
    const job = await bench.train({
      ...IRIS_RECIPE,
      register: { model: 'iris', minimum: { accuracy: 1.01 }, stage: 'None' },
    });
    expect(await bench.outcome(job)).toMatchObject({ status: 'succeeded' });
    expect(job.results[0]?.register).toBeUndefined();
    expect(job.results[0]?.refusal).toMatch(/accuracy is [\d.]+, below the required 1.01/);
  });

  it('trains on while the registry is away, and tells it all later', async () => {
    const service = await bench.startService();
    const job = await bench.train(LONG);
    await bench.checkpointOf(job);
    await bench.registry.close();
    await eventually(
      () => expect(service.logs.some(({ msg }) => /does not take reports now/.test(msg ?? ''))).toBe(true),
      { timeoutMs: 20_000 },
    );
    await bench.registry.listen();
    expect(await bench.outcome(job)).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(stepsOf(job.metrics).size).toBe(300);
  });
});

describe('the training service without Redis', () => {
  let redis: OwnServer;
  let bench: Workbench;

  beforeEach(async () => {
    redis = await startRedisServer();
    bench = new Workbench(redis.url);
    await bench.open();
  });

  afterEach(async () => {
    await bench.close();
    await redis.remove();
  });

  it('trains on, and succeeds once when Redis is back', async () => {
    await bench.startService();
    const job = await bench.train(LONG);
    await bench.checkpointOf(job);
    await redis.kill9();
    await redis.start();
    expect(await bench.outcome(job)).toMatchObject({ status: 'succeeded' });
    await eventually(async () => expect(await bench.producer.state('training', job.id)).toBe('completed'), {
      timeoutMs: 30_000,
    });
    expect(job.results).toHaveLength(1);
  });
});
