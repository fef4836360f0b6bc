import { requestContext } from '@modelyard/platform-observability';
import { AppError } from '@modelyard/platform-errors';
import type { TestRedis } from '@modelyard/platform-testing';
import { createTestRedis, eventually } from '@modelyard/platform-testing';
import type { JobContext } from './job-handlers';
import { JobProducer } from './job-producer';
import { JobWorkers } from './job-workers';
import { PermanentJobError } from './permanent-job-error';
import { silentLogger as logger } from './testing/silent-logger';

type Train = (
  payload: { trainingJobId: string; requestId: string },
  context: JobContext,
) => Promise<{ status: 'succeeded' }>;

const ok = { status: 'succeeded' } as const;
const payload = (id: string): { trainingJobId: string; requestId: string } => ({
  trainingJobId: id,
  requestId: `request-${id}`,
});

describe('jobs', () => {
  let redis: TestRedis;
  let producer: JobProducer;
  let started: JobWorkers[];

  beforeEach(async () => {
    redis = await createTestRedis();
    producer = new JobProducer(redis.url, logger);
    started = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((workers) => workers.close(50)));
    await producer.close();
    await redis.drop();
  });

  async function work(train: Train, options = {}): Promise<JobWorkers> {
    const workers = new JobWorkers(redis.url, logger);
    started.push(workers);
    await workers.start('training', { train }, options);
    return workers;
  }
  const add = (id: string): Promise<void> => producer.add('training', 'train', payload(id), { jobId: id });
  const becomes = (id: string, state: string): Promise<void> =>
    eventually(async () => expect(await producer.state('training', id)).toBe(state), {
      describe: `${id} to be ${state}`,
    });

  it('reach their handler with payload, id and the request’s context', async () => {
    const seen: unknown[] = [];
    await work(async (data, { jobId, attempt, lastAttempt }) => {
      seen.push({ data, jobId, attempt, lastAttempt, context: requestContext.get() });
      return ok;
    });
    await add('job-a');
    await becomes('job-a', 'completed');
    expect(seen).toEqual([
      {
        data: payload('job-a'),
        jobId: 'job-a',
        attempt: 1,
        lastAttempt: false,
        context: { requestId: 'request-job-a' },
      },
    ]);
  });

  it('are there once, however often they are added', async () => {
    await add('job-a');
    await add('job-a');
    expect(await producer.counts('training')).toMatchObject({ waiting: 1 });
  });

  it('can be looked at and removed while they wait, and are missing afterwards', async () => {
    await add('job-a');
    expect(await producer.state('training', 'job-a')).toBe('waiting');
    expect(await producer.remove('training', 'job-a')).toBe(true);
    expect(await producer.state('training', 'job-a')).toBe('missing');
    expect(await producer.remove('training', 'job-a')).toBe(true);
  });

  it('cannot be removed while they run', async () => {
    let end = (): void => {};
    const workers = await work(async () => {
      await new Promise<void>((resolve) => (end = resolve));
      return ok;
    });
    await add('job-a');
    await eventually(() => expect(workers.running('training')).toEqual(['job-a']));
    expect(await producer.remove('training', 'job-a')).toBe(false);
    end();
    await becomes('job-a', 'completed');
    expect(await producer.remove('training', 'job-a')).toBe(true);
    expect(await producer.state('training', 'job-a')).toBe('missing');
  });

  it('are tried again after their back-off, with the number of the attempt', async () => {
    const attempts: { attempt: number; at: number }[] = [];
    await work(async (_data, { attempt }) => {
      attempts.push({ attempt, at: Date.now() });
      if (attempt === 1) throw new AppError('DEPENDENCY_UNAVAILABLE', 'the registry is away');
      return ok;
    });
    await add('job-a');
    await becomes('job-a', 'delayed');
    await becomes('job-a', 'completed');
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect((attempts[1]?.at ?? 0) - (attempts[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_900); // its policy says 2 s
  });

  it.each([
    ['a PermanentJobError', () => new PermanentJobError('the recipe is broken')],
    ['an AppError that stays wrong', () => new AppError('NOT_FOUND', 'There is no such dataset.')],
  ])('fail for good with %s', async (_name, failure) => {
    let calls = 0;
    await work(async () => {
      calls += 1;
      throw failure();
    });
    await add('job-a');
    await becomes('job-a', 'failed');
    expect(calls).toBe(1);
    expect(await producer.counts('training')).toEqual({
      waiting: 0,
      active: 0,
      delayed: 0,
      completed: 0,
      failed: 1,
    });
  });

  it('are cancelled through their signal, and not tried again', async () => {
    let reason: unknown;
    const workers = await work(async (_data, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      reason = signal.reason;
      throw new Error('interrupted');
    });
    await add('job-a');
    await eventually(() => expect(workers.running('training')).toEqual(['job-a']));
    expect(workers.cancel('training', 'another', 'no')).toBe(false);
    expect(workers.cancel('training', 'job-a', 'Cancelled by ada.')).toBe(true);
    await becomes('job-a', 'failed');
    expect(reason).toMatchObject({ kind: 'cancelled', message: 'Cancelled by ada.' });
    expect(workers.running('training')).toEqual([]);
  });

  it('run at once as many as a worker may', async () => {
    const release: (() => void)[] = [];
    await work(() => new Promise((resolve) => release.push(() => resolve(ok))), { concurrency: 2 });
    await Promise.all(['job-a', 'job-b', 'job-c'].map(add));
    await eventually(async () =>
      expect(await producer.counts('training')).toMatchObject({ waiting: 1, active: 2 }),
    );
    await eventually(() => expect(release).toHaveLength(2));
    release.splice(0).forEach((end) => end());
    await eventually(() => expect(release).toHaveLength(1));
    release.forEach((end) => end());
    await eventually(async () => expect(await producer.counts('training')).toMatchObject({ completed: 3 }));
  });

  it('keep their lock while they run for longer than it lasts', async () => {
    let calls = 0;
    let end = (): void => {};
    const options = { lockDurationMs: 400, stalledIntervalMs: 100 };
    const train: Train = async () => {
      calls += 1;
      await new Promise<void>((resolve) => (end = resolve));
      return ok;
    };
    await work(train, options);
    await work(train, options); // would take the job if its lock ended
    await add('job-a');
    await eventually(() => expect(calls).toBe(1));
    const since = Date.now();
    await eventually(() => expect(Date.now() - since).toBeGreaterThan(1_200));
    expect(calls).toBe(1);
    end();
    await becomes('job-a', 'completed');
  });

  describe('at shutdown', () => {
    it('are waited for, and no new one is taken', async () => {
      let end = (): void => {};
      const workers = await work(async () => {
        await new Promise<void>((resolve) => (end = resolve));
        return ok;
      });
      await add('job-a');
      await eventually(() => expect(workers.running('training')).toEqual(['job-a']));
      await add('job-b');
      const closing = workers.close(5_000);
      end();
      await closing;
      expect(await producer.counts('training')).toMatchObject({ completed: 1, waiting: 1, active: 0 });
    });

    it('are interrupted after the grace period, and go back to the queue without losing an attempt', async () => {
      const attempts: number[] = [];
      const reasons: unknown[] = [];
      const workers = await work(async (_data, { attempt, signal }) => {
        attempts.push(attempt);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        reasons.push(signal.reason);
        throw new Error('interrupted');
      });
      await add('job-a');
      await eventually(() => expect(attempts).toEqual([1]));
      await workers.close(100);
      expect(reasons).toMatchObject([{ kind: 'shutdown' }]);
      expect(await producer.state('training', 'job-a')).toBe('waiting');

      await work(async (_data, { attempt }) => {
        attempts.push(attempt);
        return ok;
      });
      await becomes('job-a', 'completed');
      expect(attempts).toEqual([1, 1]);
    });

    it('that do not obey do not keep the process', async () => {
      let end = (): void => {};
      const workers = await work(() => new Promise((resolve) => (end = () => resolve(ok))));
      await add('job-a');
      await eventually(() => expect(workers.running('training')).toEqual(['job-a']));
      const since = performance.now();
      await workers.close(100);
      expect(performance.now() - since).toBeLessThan(1_000);
      expect(await producer.state('training', 'job-a')).toBe('active');
      end(); // or BullMQ's timers would keep this process
    });
  });
});
