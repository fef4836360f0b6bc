import { AppError } from '@modelyard/platform-errors';
import { eventually } from '@modelyard/platform-testing';
import { InMemoryRegistry } from '../testing/in-memory-registry';
import { SilentLogger } from '../testing/silent-logger';
import { startOf } from '../testing/example-job';
import { ProgressRelay } from './progress-relay';

const TIMES = { pollMs: 5, gapMs: 1, retryMs: 2, patienceMs: 60_000 };
const point = (step: number) => ({ key: 'loss', value: 1, step, timestamp: 0 });

function relaying(times = TIMES) {
  const registry = new InMemoryRegistry(startOf());
  const logger = SilentLogger.create();
  const listener = { cancelRequested: jest.fn(), gone: jest.fn(), checkpointAcknowledged: jest.fn() };
  const relay = new ProgressRelay(registry, 'job-1', listener, times, logger);
  return { registry, listener, relay, logger };
}

it('brings all that was pushed before it ends', async () => {
  const { registry, relay, listener } = relaying();
  for (let step = 1; step <= 2_500; step++) relay.push({ metrics: [point(step)] });
  relay.pushCheckpoint({ epoch: 3, sha256: 'abc', size: 1 });
  await relay.drain();
  expect(registry.metricKeys).toEqual(Array.from({ length: 2_500 }, (_, i) => `loss@${i + 1}`));
  expect(registry.checkpoints).toEqual([{ epoch: 3, sha256: 'abc', size: 1 }]);
  expect(listener.checkpointAcknowledged).toHaveBeenCalledWith('abc');
});

it('asks for a wish to cancel while there is nothing to report', async () => {
  const { registry, relay, listener } = relaying();
  registry.cancelRequested = true;
  await eventually(() => expect(listener.cancelRequested).toHaveBeenCalled());
  relay.stop();
});

it('asks at once when it is told to', async () => {
  const { registry, relay, listener } = relaying({ ...TIMES, pollMs: 60_000 });
  registry.cancelRequested = true;
  relay.poll();
  await eventually(() => expect(listener.cancelRequested).toHaveBeenCalled());
  relay.stop();
});

it('loses nothing and keeps the order while the registry is away', async () => {
  const { registry, relay } = relaying();
  registry.failure = InMemoryRegistry.away();
  relay.push({ metrics: [point(1)] });
  relay.pushCheckpoint({ epoch: 1, sha256: 'abc', size: 1 });
  const drained = relay.drain();
  relay.push({ metrics: [point(2)] });
  registry.failure = undefined;
  await drained;
  expect(registry.metricKeys).toEqual(['loss@1', 'loss@2']);
  expect(registry.checkpoints).toHaveLength(1);
});

it('gives up in the end when the registry stays away', async () => {
  const { registry, relay } = relaying({ ...TIMES, patienceMs: 0 });
  registry.failure = InMemoryRegistry.away();
  relay.push({ metrics: [point(1)] });
  await expect(relay.drain()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
});

it.each(['NOT_FOUND', 'CONFLICT'] as const)('says that the job is gone on %s', async (code) => {
  const { registry, relay, listener } = relaying();
  registry.failure = new AppError(code, 'It has ended.');
  await eventually(() => expect(listener.gone).toHaveBeenCalledWith('It has ended.'));
  await relay.drain();
});

it('drops a report that the registry will never take, and goes on', async () => {
  const { registry, relay, logger } = relaying();
  registry.failure = new AppError('VALIDATION_FAILED', 'No.');
  relay.push({ metrics: [point(1)] });
  await eventually(() =>
    expect(logger.messages).toContain('the registry refuses a report of progress; it is dropped'),
  );
  registry.failure = undefined;
  relay.push({ metrics: [point(2)] });
  await relay.drain();
  expect(registry.metricKeys).toEqual(['loss@2']);
});
