import type { ReplicaReport } from './aggregate-status';
import { aggregateStatus, SILENCE_MS } from './aggregate-status';

const report = (replica: string, changes: Partial<ReplicaReport> = {}): ReplicaReport => ({
  replica,
  state: 'ready',
  revision: 2,
  serving: { model: 'm', version: 2 },
  message: null,
  reportedAt: 1_000_000,
  ...changes,
});

it('is pending before anyone speaks, and while all speak of an older revision', () => {
  expect(aggregateStatus(2, [])).toEqual({ state: 'pending', revision: 2 });
  const old = report('a', { revision: 1, serving: { model: 'm', version: 1 } });
  expect(aggregateStatus(2, [old])).toEqual({
    state: 'pending',
    revision: 2,
    serving: { model: 'm', version: 1 },
  });
});

it('is ready when every replica is', () => {
  expect(aggregateStatus(2, [report('a'), report('b')]).state).toBe('ready');
  expect(aggregateStatus(2, [report('a'), report('b', { revision: 1 })]).state).toBe('loading');
  expect(aggregateStatus(2, [report('a'), report('b', { state: 'loading' })]).state).toBe('loading');
});

it('is failed when one replica failed, and says why and what is served meanwhile', () => {
  const failed = report('b', { state: 'failed', message: 'checksum', serving: { model: 'm', version: 1 } });
  expect(aggregateStatus(2, [report('a'), failed])).toEqual({
    state: 'failed',
    revision: 2,
    serving: { model: 'm', version: 1 },
    message: 'checksum',
  });
});

it('does not wait for a replica that is gone', () => {
  const gone = report('old', { state: 'loading', reportedAt: 1_000_000 - SILENCE_MS - 1 });
  expect(aggregateStatus(2, [report('a'), gone]).state).toBe('ready');
});
