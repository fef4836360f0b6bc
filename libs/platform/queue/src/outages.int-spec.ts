import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OwnServer } from '@modelyard/platform-testing';
import { createTestRedis, eventually, startRedisServer } from '@modelyard/platform-testing';
import type { JobContext } from './job-handlers';
import { JobProducer } from './job-producer';
import { JobWorkers } from './job-workers';
import { Nudges } from './nudges';
import { KEY_PREFIX } from './redis';
import { silentLogger as logger } from './testing/silent-logger';

const ok = { status: 'succeeded' } as const;
const unavailable = { code: 'DEPENDENCY_UNAVAILABLE', retryAfterSeconds: 1 };

describe('a worker that dies', () => {
  it('loses its job to another, which does not count it as an attempt', async () => {
    const redis = await createTestRedis();
    const producer = new JobProducer(redis.url, logger);
    const workers = new JobWorkers(redis.url, logger);
    try {
      await producer.add('training', 'train', { trainingJobId: 'job-a', requestId: 'r' }, { jobId: 'job-a' });
      const script = join(__dirname, 'testing/hanging-worker.cjs');
      const child = spawn(process.execPath, [script, redis.url, 'training', KEY_PREFIX, '1000'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      const attempts: number[] = [];
      const train = async (_data: unknown, { attempt }: JobContext): Promise<typeof ok> => {
        attempts.push(attempt);
        return ok;
      };
      await workers.start('training', { train }, { lockDurationMs: 1_000, stalledIntervalMs: 200 });
      child.kill('SIGKILL');
      await once(child, 'exit');
      await eventually(async () => expect(await producer.state('training', 'job-a')).toBe('completed'));
      expect(attempts).toEqual([1]);
    } finally {
      await workers.close(100);
      await producer.close();
      await redis.drop();
    }
  });
});

describe('when Redis goes away', () => {
  let server: OwnServer;
  let producer: JobProducer;

  beforeEach(async () => {
    server = await startRedisServer();
    producer = new JobProducer(server.url, logger);
  });
  afterEach(async () => {
    await producer.close();
    await server.remove();
  });

  const add = (id: string): Promise<void> =>
    producer.add('training', 'train', { trainingJobId: id, requestId: id }, { jobId: id });

  it.each(['stop', 'kill9'] as const)(
    '%s: producers fail fast, and work again by themselves',
    async (end) => {
      await add('before');
      await server[end]();
      const since = performance.now();
      await expect(add('meanwhile')).rejects.toMatchObject(unavailable);
      await expect(producer.state('training', 'before')).rejects.toMatchObject(unavailable);
      await expect(producer.counts('training')).rejects.toMatchObject(unavailable);
      await expect(producer.ping()).rejects.toMatchObject(unavailable);
      expect(performance.now() - since).toBeLessThan(1_000);
      await server.start();
      await eventually(() => add('after'));
      expect(await producer.state('training', 'after')).toBe('waiting');
    },
  );

  it('a producer that starts without Redis fails fast, and works once Redis is there', async () => {
    await server.stop();
    const early = new JobProducer(server.url, logger);
    const adding = early.add('training', 'train', { trainingJobId: 'a', requestId: 'a' }, { jobId: 'early' });
    await expect(adding).rejects.toMatchObject(unavailable);
    await server.start();
    await eventually(() =>
      early.add('training', 'train', { trainingJobId: 'a', requestId: 'a' }, { jobId: 'early' }),
    );
    await early.close();
  });

  it.each(['stop', 'kill9'] as const)(
    '%s: an idle worker waits, and takes jobs again afterwards',
    async (end) => {
      const done: string[] = [];
      const workers = new JobWorkers(server.url, logger);
      await workers.start('training', { train: async ({ trainingJobId }) => (done.push(trainingJobId), ok) });
      await add('before');
      await eventually(() => expect(done).toEqual(['before']));
      await server[end]();
      await server.start();
      await eventually(() => add('after'));
      await eventually(() => expect(done).toEqual(['before', 'after']), { timeoutMs: 15_000 });
      await workers.close(500);
    },
  );

  it('a worker that starts before Redis takes jobs once it is there', async () => {
    await server.stop();
    const done: string[] = [];
    const workers = new JobWorkers(server.url, logger);
    await workers.start('training', { train: async ({ trainingJobId }) => (done.push(trainingJobId), ok) });
    await server.start();
    await eventually(() => add('late'));
    await eventually(() => expect(done).toEqual(['late']));
    await workers.close(500);
  });

  it('a job that runs meanwhile completes: its lock outlives a short outage', async () => {
    const calls: number[] = [];
    let end = (): void => {};
    const workers = new JobWorkers(server.url, logger);
    const train = async (_data: unknown, { attempt }: JobContext): Promise<typeof ok> => {
      calls.push(attempt);
      await new Promise<void>((resolve) => (end = resolve));
      return ok;
    };
    await workers.start('training', { train });
    await add('running');
    await eventually(() => expect(calls).toEqual([1]));
    await server.stop();
    await server.start();
    end();
    await eventually(async () => expect(await producer.state('training', 'running')).toBe('completed'));
    expect(calls).toEqual([1]);
    await workers.close(500);
  });

  it('a job that loses its lock is told, and runs again to its end', async () => {
    const reasons: unknown[] = [];
    let calls = 0;
    const workers = new JobWorkers(server.url, logger);
    const train = async (_data: unknown, { signal }: JobContext): Promise<typeof ok> => {
      calls += 1;
      if (calls > 1) return ok;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      reasons.push(signal.reason);
      throw new Error('interrupted');
    };
    await workers.start('training', { train }, { lockDurationMs: 1_000, stalledIntervalMs: 300 });
    await add('locked');
    await eventually(() => expect(calls).toBe(1));
    await server.stop();
    const stopped = Date.now();
    await eventually(() => expect(Date.now() - stopped).toBeGreaterThan(1_500)); // the lock ends
    await server.start();
    await eventually(async () => expect(await producer.state('training', 'locked')).toBe('completed'), {
      timeoutMs: 20_000,
    });
    expect(reasons).toMatchObject([{ kind: 'lock-lost' }]);
    expect(calls).toBe(2);
    await workers.close(500);
  });

  it('workers close in bounded time, with a job under way', async () => {
    const workers = new JobWorkers(server.url, logger);
    await workers.start('training', {
      train: async (_data, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new Error('interrupted');
      },
    });
    await add('running');
    await eventually(() => expect(workers.running('training')).toEqual(['running']));
    await server.stop();
    const since = performance.now();
    await workers.close(200);
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  it('nudges are lost without an error, and heard again afterwards', async () => {
    const nudges = new Nudges(server.url, logger);
    const heard: string[] = [];
    const unsubscribe = await nudges.subscribe('deployments', (message) => heard.push(message));
    await nudges.publish('deployments', 'one');
    await eventually(() => expect(heard).toEqual(['one']));
    await server.stop();
    await nudges.publish('deployments', 'lost');
    await server.start();
    await eventually(async () => {
      await nudges.publish('deployments', 'back');
      expect(heard).toContain('back');
    });
    expect(heard).not.toContain('lost');
    await unsubscribe();
    heard.length = 0;
    await nudges.publish('deployments', 'unheard');
    await nudges.subscribe('other', (message) => heard.push(message));
    await nudges.publish('other', 'heard');
    await eventually(() => expect(heard).toEqual(['heard']));
    await nudges.close();
  });
});
