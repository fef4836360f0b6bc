import type { TrainingJob, TrainingJobEvent } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import type { EventBell } from './event-bell';
import type { Followed } from './follow-events';
import { FollowEvents } from './follow-events';
import { toEventStream } from './to-event-stream';

const event = (seq: number, status: string): TrainingJobEvent => ({
  seq,
  type: 'status',
  at: '2026-01-01T00:00:00.000Z',
  data: { status },
});

/** A job whose events the test writes, with a bell that never rings: only polls find them. */
class SilentJob {
  events: TrainingJobEvent[] = [];
  status: TrainingJob['status'] = 'running';
  away = false;
  stopping = false;
  wake: () => void = () => {};

  follow(): ReturnType<FollowEvents['execute']> {
    const jobs: Followed = {
      hasEnded: () =>
        this.away
          ? Promise.reject(new AppError('DEPENDENCY_UNAVAILABLE', 'away'))
          : Promise.resolve(this.status !== 'running'),
      eventsAfter: (_: string, after: number) =>
        Promise.resolve(this.events.filter(({ seq }) => seq > after)),
    };
    const listen = (_: string, wake: () => void): (() => void) => {
      this.wake = wake;
      return () => {};
    };
    const isStopping = (): boolean => this.stopping;
    const bell = {
      listen,
      get isStopping() {
        return isStopping();
      },
    };
    return new FollowEvents(bell as unknown as EventBell).execute(jobs, 'job', 0);
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('finds by its poll what the bell did not tell, and what came while the database was away', async () => {
  const job = new SilentJob();
  const stream = job.follow();
  job.events.push(event(1, 'running'));
  await expect(stream.next()).resolves.toMatchObject({ value: { seq: 1 } });
  const next = stream.next();
  job.away = true;
  await jest.advanceTimersByTimeAsync(2_000);
  job.events.push(event(2, 'succeeded'));
  job.status = 'succeeded';
  job.away = false;
  await jest.advanceTimersByTimeAsync(2_000);
  await expect(next).resolves.toMatchObject({ value: { seq: 2 } });
  await expect(stream.next()).resolves.toMatchObject({ done: true });
});

it('goes on after an end that somebody did not leave it at', async () => {
  const job = new SilentJob();
  job.events.push(event(1, 'failed'), event(2, 'queued'));
  const stream = job.follow();
  await expect(stream.next()).resolves.toMatchObject({ value: { seq: 1 } });
  await expect(stream.next()).resolves.toMatchObject({ value: { seq: 2 } });
  const next = stream.next();
  job.events.push(event(3, 'succeeded'));
  job.status = 'succeeded';
  await jest.advanceTimersByTimeAsync(2_000);
  await expect(next).resolves.toMatchObject({ value: { seq: 3 } });
  await expect(stream.next()).resolves.toMatchObject({ done: true });
});

it('shows that it lives when nothing happens', async () => {
  const stream = new SilentJob().follow();
  const next = stream.next();
  await jest.advanceTimersByTimeAsync(17_000);
  await expect(next).resolves.toEqual({ value: 'heartbeat', done: false });
});

it('ends with the service', async () => {
  const job = new SilentJob();
  const stream = job.follow();
  const next = stream.next();
  await jest.advanceTimersByTimeAsync(10);
  job.stopping = true;
  job.wake();
  await expect(next).resolves.toMatchObject({ done: true });
});

it('throws what is not an outage', async () => {
  const job = new SilentJob();
  Object.defineProperty(job, 'away', {
    get: () => {
      throw new Error('bug');
    },
  });
  await expect(job.follow().next()).rejects.toThrow('bug');
});

it('writes heartbeats as comments', async () => {
  jest.useRealTimers();
  async function* some(): AsyncGenerator<TrainingJobEvent | 'heartbeat'> {
    yield 'heartbeat';
    yield event(4, 'queued');
    await Promise.resolve();
  }
  const text = (await toEventStream(some()).toArray()).join('');
  expect(text).toBe(
    `retry: 2000\n\n: heartbeat\n\nid: 4\nevent: status\ndata: ${JSON.stringify(event(4, 'queued'))}\n\n`,
  );
});
