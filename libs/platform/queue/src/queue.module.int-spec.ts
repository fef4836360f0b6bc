import { HealthRegistry, Metrics, ObservabilityModule } from '@modelyard/platform-observability';
import type { OwnServer } from '@modelyard/platform-testing';
import { eventually, startRedisServer } from '@modelyard/platform-testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JobProducer } from './job-producer';
import { JobWorkers } from './job-workers';
import { Nudges } from './nudges';
import { QueueModule } from './queue.module';

const ok = { status: 'succeeded' } as const;

describe('QueueModule', () => {
  let server: OwnServer;
  let app: INestApplicationContext;

  beforeEach(async () => {
    server = await startRedisServer();
  });
  afterEach(async () => {
    await app.close();
    await server.remove();
  });

  async function boot(role: 'producer' | 'worker' | 'both'): Promise<void> {
    const imports = [
      ObservabilityModule.of({ service: 'training' }),
      QueueModule.of({ redisUrl: server.url, role, graceMs: 100 }),
    ];
    @Module({ imports })
    class App {}
    app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
  }
  const gauge = async (): Promise<string> =>
    (await app.get(Metrics).registry.metrics())
      .split('\n')
      .filter((line) => line.startsWith('modelyard_queue_jobs') && line.includes('queue="training"'))
      .join('\n');

  it('tells of its jobs in the metrics, and of Redis in the health', async () => {
    await boot('both');
    await app.get(JobProducer).add('training', 'train', { trainingJobId: 'a', requestId: 'r' });
    expect(await gauge()).toMatch(/state="waiting"[^}]*\} 1$/m);
    const { dependencies } = await app.get(HealthRegistry).report();
    expect(dependencies['redis']).toMatchObject({ status: 'up' });
    await server.stop();
    expect((await app.get(HealthRegistry).report()).dependencies['redis']).toMatchObject({ status: 'down' });
    expect(await gauge()).toBe(''); // no numbers are better than old ones
  });

  it('gives what the role needs', async () => {
    await boot('worker');
    expect(app.get(JobWorkers)).toBeInstanceOf(JobWorkers);
    expect(app.get(Nudges)).toBeInstanceOf(Nudges);
    expect(await gauge()).toBe('');
  });

  it('gives jobs that outlast the grace period back before the application has closed', async () => {
    await boot('both');
    await app.get(JobWorkers).start('training', {
      train: async (_payload, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new Error('interrupted');
      },
    });
    await app
      .get(JobProducer)
      .add('training', 'train', { trainingJobId: 'a', requestId: 'r' }, { jobId: 'job-a' });
    await eventually(() => expect(app.get(JobWorkers).running('training')).toEqual(['job-a']));
    await app.close();
    await boot('both');
    expect(await app.get(JobProducer).state('training', 'job-a')).toBe('waiting');
    const done = new Promise((resolve) => {
      void app
        .get(JobWorkers)
        .start('training', { train: ({ trainingJobId }) => (resolve(trainingJobId), Promise.resolve(ok)) });
    });
    expect(await done).toBe('a');
  });
});
