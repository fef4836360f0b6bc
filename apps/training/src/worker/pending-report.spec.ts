import { PendingReport } from './pending-report';

const point = (step: number) => ({ key: 'loss', value: 1, step, timestamp: 0 });
const progress = (epoch: number) => ({ epoch, epochs: 9, metrics: {} });

it('takes all points in order and the newest progress, once', () => {
  const pending = new PendingReport();
  pending.add({ metrics: [point(1)], progress: progress(1), params: { a: '1' } });
  pending.add({ metrics: [point(2)], progress: progress(2), tags: { t: '1' } });
  expect(pending.take()).toEqual({
    metrics: [point(1), point(2)],
    progress: progress(2),
    params: { a: '1' },
    tags: { t: '1' },
  });
  expect(pending.empty).toBe(true);
});

it('keeps reports of a thousand points at most', () => {
  const pending = new PendingReport();
  pending.add({ metrics: Array.from({ length: 1_500 }, (_, step) => point(step)) });
  expect(pending.take().metrics).toHaveLength(1_000);
  expect(pending.empty).toBe(false);
  expect(pending.take().metrics[0]).toEqual(point(1_000));
});

it('puts a report back before what came since, and keeps the newer progress', () => {
  const pending = new PendingReport();
  pending.add({ metrics: [point(1)], progress: progress(1), params: { a: 'old', b: 'old' } });
  const failed = pending.take();
  pending.add({ metrics: [point(2)], progress: progress(2), params: { a: 'new' } });
  pending.giveBack(failed);
  expect(pending.take()).toEqual({
    metrics: [point(1), point(2)],
    progress: progress(2),
    params: { a: 'new', b: 'old' },
    tags: {},
  });
});

it('forgets a checkpoint when that very one has arrived', () => {
  const pending = new PendingReport();
  const [first, second] = [
    { epoch: 1, sha256: 'a', size: 1 },
    { epoch: 2, sha256: 'b', size: 1 },
  ];
  pending.checkpoint = second;
  pending.acknowledge(first);
  expect(pending.checkpoint).toBe(second);
  pending.acknowledge(second);
  expect(pending.empty).toBe(true);
});

it('holds a checkpoint back until the metrics before it have been taken', () => {
  const pending = new PendingReport();
  pending.add({ metrics: Array.from({ length: 1_001 }, (_, step) => point(step)) });
  pending.checkpoint = { epoch: 1, sha256: 'a', size: 1 };
  pending.take();
  expect(pending.tellableCheckpoint).toBeUndefined();
  pending.take();
  expect(pending.tellableCheckpoint).toBe(pending.checkpoint);
});
