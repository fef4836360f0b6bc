import type {
  MetricPoint,
  ModelVersion,
  Page,
  Problem,
  Run,
  TrainingJob,
  TrainingJobEvent,
} from '@modelyard/contracts';
import { TrainingJobRepository } from '../training-jobs/training-job.repository';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { Trainer } from '../testing/trainer';

describe('the training protocol', () => {
  let registry: RegistryUnderTest;
  let trainer: Trainer;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    trainer = new Trainer(registry);
  });
  afterAll(() => registry.stop());

  const call = (
    id: string,
    what: string,
    body: unknown,
  ): Promise<{ status: number; body: Omit<Problem, 'status'> & TrainingJob }> =>
    registry.call('POST', `/internal/training-jobs/${id}/${what}`, body, { as: 'training' });
  const events = (id: string): Promise<TrainingJobEvent[]> =>
    registry.service.app.get(TrainingJobRepository, { strict: false }).eventsAfter(id, 0, 100);
  const versions = async (model: string): Promise<ModelVersion[]> =>
    (await registry.ok<Page<ModelVersion>>('GET', `/api/v1/models/${model}/versions`)).items;
  const epoch = (number: number, loss: number, timestamp: number): object => ({
    progress: { epoch: number, epochs: 3, metrics: { loss } },
    metrics: [{ key: 'loss', value: loss, step: number, timestamp }],
    params: { backend: 'wasm' },
    tags: { host: 'a' },
  });

  it('registers one version, however often and from however many at once success is told', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    const success = await trainer.success('once', 'Production');
    const answers = await Promise.all(Array.from({ length: 6 }, () => call(job.id, 'succeed', success)));
    answers.push(await call(job.id, 'succeed', success));
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(200));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    await expect(versions('once')).resolves.toMatchObject([{ version: 1, stage: 'Production' }]);
    expect((await events(job.id)).filter(({ data }) => data['status'] === 'succeeded')).toHaveLength(1);
  });

  it('keeps the artifacts and metrics of a success on the run', async () => {
    const job = await trainer.train('kept', 'Staging');
    await expect(registry.ok<Run>('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({
      status: 'finished',
      metrics: { test_accuracy: 0.97, test_log_loss: 0.1 },
      endedAt: expect.any(String) as string,
    });
    const { items } = await registry.ok<Page<{ path: string }>>('GET', `/api/v1/runs/${job.id}/artifacts`);
    expect(items.map(({ path }) => path)).toContain('model/model.onnx');
  });

  it('registers nothing when a minimum was missed, and says why', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    const { register: _register, ...success } = await trainer.success('none', 'None');
    const refusal = 'test_accuracy is 0.5, the recipe asks for 0.9';
    const ended = await trainer.say<TrainingJob>(job.id, 'succeed', { ...success, refusal });
    expect(ended.status).toBe('succeeded');
    expect(ended.result).not.toHaveProperty('model');
    expect(await events(job.id)).toContainEqual(
      expect.objectContaining({ type: 'log', data: { level: 'warn', message: refusal } }),
    );
    await expect(registry.ok('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({
      tags: { 'modelyard.refusal': refusal },
    });
  });

  it('does not register a package with holes, and the job goes on', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    const success = await trainer.success('holes', 'None');
    const missing = success.register?.package.map((file) => ({ ...file, sha256: 'f'.repeat(64) }));
    const refused = await call(job.id, 'succeed', {
      ...success,
      register: { ...success.register, package: missing },
    });
    expect(refused.status).toBe(409);
    expect((await call(job.id, 'succeed', success)).status).toBe(200);
  });

  it('counts attempts, goes on from the checkpoint, and corrects what an epoch had logged', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    await trainer.say(job.id, 'progress', epoch(1, 0.9, 100));
    await trainer.say(job.id, 'progress', epoch(1, 0.9, 100));
    await trainer.say(job.id, 'checkpoint', { checkpoint: { epoch: 1, sha256: 'a'.repeat(64), size: 5 } });
    await trainer.say(job.id, 'progress', epoch(2, 0.8, 200));
    // The worker dies here, and another begins.
    const again = await trainer.start(job.id);
    expect(again).toMatchObject({
      decision: 'run',
      job: { attempt: 2 },
      checkpoint: { epoch: 1, sha256: 'a'.repeat(64), size: 5 },
    });
    await trainer.say(job.id, 'progress', epoch(2, 0.7, 900));
    await trainer.say(job.id, 'checkpoint', { checkpoint: { epoch: 2, sha256: 'b'.repeat(64), size: 5 } });
    await trainer.say(job.id, 'checkpoint', { checkpoint: { epoch: 1, sha256: 'a'.repeat(64), size: 5 } });
    const history = await registry.ok<Page<MetricPoint>>('GET', `/api/v1/runs/${job.id}/metrics/loss`);
    expect(history.items.map(({ step, value }) => [step, value])).toEqual([
      [1, 0.9],
      [2, 0.7],
    ]);
    await expect(registry.ok('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({
      metrics: { loss: 0.7 },
      params: { backend: 'wasm' },
    });
    expect((await trainer.start(job.id)).checkpoint?.epoch).toBe(2);
    expect((await events(job.id)).filter(({ type }) => type === 'progress')).toHaveLength(3);
  });

  it('corrects the latest value when the clock of the second worker is behind', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    await trainer.say(job.id, 'progress', epoch(1, 0.9, 5_000));
    await trainer.say(job.id, 'progress', epoch(1, 0.8, 1_000));
    await expect(registry.ok('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({
      metrics: { loss: 0.8 },
    });
  });

  it('puts a job back when another attempt may help, and ends it when none can', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    const back = await trainer.say<TrainingJob>(job.id, 'fail', { error: 'killed', retriable: true });
    expect(back).toMatchObject({ status: 'queued', error: 'killed', attempt: 1 });
    await trainer.say(job.id, 'fail', { error: 'killed', retriable: true });
    const started = await trainer.start(job.id);
    expect(started.job).toMatchObject({ status: 'running', attempt: 2 });
    expect(started.job).not.toHaveProperty('error');
    const failed = await trainer.say<TrainingJob>(job.id, 'fail', { error: 'no memory', retriable: false });
    expect(failed).toMatchObject({ status: 'failed', error: 'no memory' });
    await expect(trainer.say(job.id, 'fail', { error: 'other', retriable: true })).resolves.toEqual(failed);
    await expect(trainer.start(job.id)).resolves.toMatchObject({ decision: 'skip' });
    await expect(registry.ok('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({
      status: 'failed',
      statusMessage: 'no memory',
    });
    expect((await events(job.id)).map(({ data }) => data['status'])).toEqual([
      'queued',
      'running',
      'queued',
      'running',
      'failed',
    ]);
  });

  it('lets a cancellation win over a success that comes after it', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    await registry.ok('POST', `/api/v1/training-jobs/${job.id}/cancel`);
    const told = await call(job.id, 'succeed', await trainer.success('never', 'None'));
    expect(told.body.status).toBe('cancelled');
    expect((await registry.call('GET', '/api/v1/models/never')).status).toBe(404);
  });

  it('skips a job whose cancellation no worker saw', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    await registry.ok('POST', `/api/v1/training-jobs/${job.id}/cancel`);
    await expect(trainer.start(job.id)).resolves.toMatchObject({
      decision: 'skip',
      job: { status: 'cancelled' },
    });
  });

  it('tells a worker that its job has ended otherwise', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    await trainer.say(job.id, 'fail', { error: 'x', retriable: false });
    const success = await trainer.success('late', 'None');
    for (const [what, body] of [
      ['progress', { metrics: [], params: {}, tags: {} }],
      ['checkpoint', { checkpoint: { epoch: 1, sha256: 'a'.repeat(64), size: 5 } }],
      ['succeed', success],
      ['cancelled', {}],
    ] as const) {
      expect(await call(job.id, what, body)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    }
  });

  it('keeps numbers that JSON does not have', async () => {
    const job = await trainer.submit();
    await trainer.start(job.id);
    const success = await trainer.success('odd', 'None');
    const ended = await trainer.say<TrainingJob>(job.id, 'succeed', {
      ...success,
      metrics: { test_roc_auc: 'NaN', test_ratio: 'Infinity' },
    });
    expect(ended.result?.metrics).toEqual({ test_roc_auc: 'NaN', test_ratio: 'Infinity' });
    await expect(registry.ok('GET', `/api/v1/runs/${job.id}`)).resolves.toMatchObject({
      metrics: { test_roc_auc: 'NaN', test_ratio: 'Infinity' },
    });
  });

  it('takes artifacts by themselves', async () => {
    const job = await trainer.submit();
    const artifact = { path: 'log.txt', size: 3, sha256: 'c'.repeat(64), mediaType: 'text/plain' };
    for (let count = 0; count < 2; count++) {
      expect((await call(job.id, 'artifacts', { artifacts: [artifact, artifact] })).status).toBe(204);
    }
    const { items } = await registry.ok<Page<unknown>>('GET', `/api/v1/runs/${job.id}/artifacts`);
    expect(items).toEqual([artifact]);
  });

  it.each([
    ['start', {}, 404],
    ['progress', { metrics: [], params: {}, tags: {} }, 404],
    ['artifacts', { artifacts: [] }, 404],
    ['checkpoint', { checkpoint: { epoch: 1, sha256: 'a'.repeat(64), size: 5 } }, 404],
    ['fail', { error: '', retriable: false }, 404],
    ['cancelled', {}, 404],
    ['progress', { metrics: 'x', params: {}, tags: {} }, 400],
    ['progress', { metrics: [], params: [], tags: {} }, 400],
    ['checkpoint', {}, 400],
    ['succeed', {}, 400],
    ['fail', { error: 5, retriable: 'no' }, 400],
  ])('answers %s %j for an unknown job with %i', async (what, body, status) => {
    expect((await call('e'.repeat(32), what, body)).status).toBe(status);
  });

  it('is for services only', async () => {
    const answer = await registry.call('POST', `/internal/training-jobs/${'e'.repeat(32)}/start`, {});
    expect(answer.status).toBe(403);
  });
});
