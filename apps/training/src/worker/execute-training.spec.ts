import { AppError } from '@modelyard/platform-errors';
import { Metrics } from '@modelyard/platform-observability';
import { JobInterruption, PermanentJobError } from '@modelyard/platform-queue';
import { eventually } from '@modelyard/platform-testing';
import { RESULT, startOf } from '../testing/example-job';
import { InMemoryRegistry } from '../testing/in-memory-registry';
import { ScriptedLauncher } from '../testing/scripted-launcher';
import type { ScriptedTrainer } from '../testing/scripted-launcher';
import { SilentLogger } from '../testing/silent-logger';
import type { FromTrainer } from '../trainer-protocol';
import { ActiveSessions } from '../supervision/active-sessions';
import { ExecuteTraining } from './execute-training';
import { TrainingMetrics } from './training-metrics';

function worker(start = startOf()) {
  const registry = new InMemoryRegistry(start);
  const launcher = new ScriptedLauncher();
  const sessions = new ActiveSessions();
  const deleted: string[] = [];
  const counted = new Metrics('training');
  const training = new ExecuteTraining({
    registry,
    launcher,
    sessions,
    metrics: new TrainingMetrics(counted),
    blobs: { delete: (sha256) => Promise.resolve(void deleted.push(sha256)) },
    relayTimes: { pollMs: 5, gapMs: 1, retryMs: 2, patienceMs: 1_000 },
    handBackMs: 50,
    logger: SilentLogger.create(),
    assignment: { artifactStoreUrl: 'file:///blobs', checkpointIntervalMs: 0 },
  });
  const abort = new AbortController();
  const shutDown = (): void => abort.abort(new JobInterruption('shutdown', 'It is over.'));
  const deliver = (lastAttempt = false) =>
    training.execute('job-1', { jobId: 'job-1', lastAttempt, signal: abort.signal });
  const trainer = (): Promise<ScriptedTrainer> =>
    eventually(() => {
      const [launched] = launcher.launched;
      if (launched === undefined) throw new Error('no trainer yet');
      return launched;
    });
  return { registry, launcher, sessions, deleted, shutDown, deliver, trainer, counted };
}

const epoch = (number: number): FromTrainer => ({
  type: 'epoch',
  progress: { epoch: number, epochs: 2, metrics: { loss: 1 } },
  metrics: [{ key: 'loss', value: 1, step: number, timestamp: 0 }],
  seconds: 0.2,
});

describe('a training that succeeds', () => {
  it('reports every epoch, then the result, and leaves no checkpoint behind', async () => {
    const { registry, deliver, trainer, deleted, counted } = worker(
      startOf({ checkpoint: { epoch: 1, sha256: 'first', size: 1 } }),
    );
    const done = deliver();
    const { says, end, assignment } = await trainer().then((t) => ({ ...t, end: t.end.bind(t) }));
    expect(assignment.checkpoint).toEqual({ epoch: 1, sha256: 'first', size: 1 });
    says({ type: 'described', params: { seed: '7' } });
    says({ type: 'phase', phase: 'training' });
    says({ type: 'log', level: 'info', message: 'hello' });
    says(epoch(1));
    says(epoch(2));
    says({ type: 'checkpoint', checkpoint: { epoch: 2, sha256: 'second', size: 1 } });
    end({ type: 'finished', result: RESULT });
    await expect(done).resolves.toEqual({ status: 'succeeded' });
    expect(registry.metricKeys).toEqual(['loss@1', 'loss@2']);
    expect(registry.reports.some(({ params }) => params['seed'] === '7')).toBe(true);
    expect(registry.succeeded).toEqual(RESULT);
    expect(deleted).toEqual(['first', 'second']);
    const text = await counted.registry.metrics();
    expect(text).toContain('modelyard_training_jobs_total{status="succeeded",service="training"} 1');
    expect(text).toContain('modelyard_training_epoch_seconds_count{service="training"} 2');
    expect(text).toContain('modelyard_training_active{service="training"} 0');
  });

  it('runs nothing when the registry says that it is finished', async () => {
    const start = startOf({ decision: 'skip' });
    const { deliver, launcher } = worker({ ...start, job: { ...start.job, status: 'succeeded' } });
    await expect(deliver()).resolves.toEqual({ status: 'succeeded' });
    expect(launcher.launched).toEqual([]);
  });
});

describe('a training that fails', () => {
  it('fails at once for a reason that lies in the recipe', async () => {
    const { registry, deliver, trainer } = worker();
    const done = deliver();
    (await trainer()).end({ type: 'failed', error: 'The training diverged.', permanent: true });
    await expect(done).rejects.toThrow(new PermanentJobError('The training diverged.'));
    expect(registry.endings).toEqual(['failed: The training diverged.']);
  });

  it('is tried again when its trainer crashed, and keeps its checkpoint', async () => {
    const { registry, deliver, trainer, deleted } = worker();
    const done = deliver();
    (await trainer()).says({ type: 'checkpoint', checkpoint: { epoch: 1, sha256: 'a', size: 1 } });
    (await trainer()).end({ type: 'crashed', reason: 'The trainer was killed.' });
    await expect(done).rejects.toThrow('The trainer was killed.');
    await expect(done).rejects.not.toBeInstanceOf(PermanentJobError);
    expect(registry.checkpoints).toHaveLength(1);
    expect(registry.endings).toEqual(['retry: The trainer was killed.']);
    expect(deleted).toEqual([]);
  });

  it('fails for good when the last attempt crashed', async () => {
    const { registry, deliver, trainer, deleted } = worker();
    const done = deliver(true);
    (await trainer()).says({ type: 'checkpoint', checkpoint: { epoch: 1, sha256: 'a', size: 1 } });
    (await trainer()).end({ type: 'crashed', reason: 'The trainer was killed.' });
    await expect(done).rejects.toBeInstanceOf(PermanentJobError);
    expect(registry.endings).toEqual(['failed: The trainer was killed.']);
    expect(deleted).toEqual(['a']);
  });

  it('is tried again when its end could not be told', async () => {
    const { registry, deliver, trainer } = worker();
    const done = deliver();
    const running = await trainer();
    registry.failure = InMemoryRegistry.away();
    running.end({ type: 'failed', error: 'The training diverged.', permanent: true });
    await expect(done).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});

describe('a cancel', () => {
  it('kills the trainer and says so', async () => {
    const { registry, deliver, trainer } = worker();
    const done = deliver();
    const running = await trainer();
    registry.cancelRequested = true;
    await expect(done).resolves.toEqual({ status: 'cancelled' });
    expect(running.asked).toEqual(['kill']);
    expect(registry.endings).toEqual(['cancelled']);
  });

  it('that came before the start starts no trainer', async () => {
    const start = startOf();
    const { registry, deliver, launcher } = worker({
      ...start,
      job: { ...start.job, cancelRequested: true },
    });
    await expect(deliver()).resolves.toEqual({ status: 'cancelled' });
    expect(launcher.launched).toEqual([]);
    expect(registry.endings).toEqual(['cancelled']);
  });

  it('overtakes a trainer that is handing its training back', async () => {
    const { registry, shutDown, deliver, trainer } = worker();
    const done = deliver();
    const running = await trainer();
    running.onHandBack = undefined;
    shutDown();
    registry.cancelRequested = true;
    await expect(done).resolves.toEqual({ status: 'cancelled' });
    expect(running.asked).toEqual(['hand back within 50 ms', 'kill']);
  });
});

it('is cancelled when the registry heard of that before the result', async () => {
  const { registry, deliver, trainer } = worker();
  const done = deliver();
  const running = await trainer();
  registry.succeed = () => Promise.resolve('cancelled');
  running.end({ type: 'finished', result: RESULT });
  await expect(done).resolves.toEqual({ status: 'cancelled' });
});

describe('a worker that shuts down', () => {
  it('has the trainer store its state, tells where it lies, and gives the job back', async () => {
    const { registry, shutDown, deliver, trainer } = worker();
    const done = deliver();
    const running = await trainer();
    running.onHandBack = undefined;
    shutDown();
    running.says({ type: 'checkpoint', checkpoint: { epoch: 4, sha256: 'a', size: 1 } });
    running.end({ type: 'handed-back' });
    await expect(done).rejects.toBeInstanceOf(JobInterruption);
    expect(registry.checkpoints).toEqual([{ epoch: 4, sha256: 'a', size: 1 }]);
    expect(registry.endings).toEqual([]);
  });

  it('is not held up by a registry that is away', async () => {
    const { registry, shutDown, deliver, trainer } = worker();
    const done = deliver();
    const running = await trainer();
    registry.failure = InMemoryRegistry.away();
    running.says(epoch(1));
    shutDown();
    await expect(done).rejects.toBeInstanceOf(JobInterruption);
  });

  it('takes a result that was there already', async () => {
    const { registry, shutDown, deliver, trainer } = worker();
    const done = deliver();
    (await trainer()).onHandBack = { type: 'finished', result: RESULT };
    shutDown();
    await expect(done).resolves.toEqual({ status: 'succeeded' });
    expect(registry.endings).toEqual(['succeeded']);
  });

  it('gives back at once what it gets on its way out', async () => {
    const { shutDown, deliver, launcher } = worker();
    shutDown();
    await expect(deliver()).rejects.toBeInstanceOf(JobInterruption);
    expect(launcher.launched).toEqual([]);
  });
});

it('asks the registry at once when it hears that somebody may want to cancel', async () => {
  const { registry, sessions, deliver, trainer } = worker();
  const done = deliver();
  await trainer();
  registry.cancelRequested = true;
  sessions.poll('job-1');
  await expect(done).resolves.toEqual({ status: 'cancelled' });
});

it('stops a training that the registry has ended by another way, and tells it nothing more', async () => {
  const { registry, deliver, trainer } = worker();
  const done = deliver();
  const running = await trainer();
  registry.failure = new AppError('CONFLICT', 'It has ended.');
  await expect(done).resolves.toEqual({ status: 'cancelled' });
  expect(running.asked).toEqual(['kill']);
  expect(registry.endings).toEqual([]);
});
