import type { Problem } from '@modelyard/contracts';
import { JobProducer } from '@modelyard/platform-queue';
import type { OwnServer } from '@modelyard/platform-testing';
import { eventually, startPostgresServer, startRedisServer } from '@modelyard/platform-testing';
import { createEnvironment, RegistryUnderTest } from './testing/registry-under-test';
import { Trainer } from './testing/trainer';

describe('an outage', () => {
  jest.setTimeout(120_000);
  let postgres: OwnServer;
  let redis: OwnServer;
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgresServer(), startRedisServer()]);
    const environment = await createEnvironment({
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      RECONCILE_INTERVAL_MS: '200',
    });
    registry = await RegistryUnderTest.start(environment);
  });
  afterAll(async () => {
    await registry.stop();
    await registry.environment.drop();
    await Promise.all([postgres.stop(), redis.stop()]);
  });

  it('of PostgreSQL is told as such, and over when PostgreSQL is back', async () => {
    await registry.ok('POST', '/api/v1/models', { name: 'before' });
    await postgres.kill9();
    for (const [method, path, body] of [
      ['GET', '/api/v1/models', undefined],
      ['POST', '/api/v1/models', { name: 'during' }],
      ['GET', '/internal/deployments', undefined],
    ] as const) {
      const answer = await registry.call<Problem>(method, path, body, { as: 'inference' });
      expect(answer).toMatchObject({ status: 503, body: { code: 'DEPENDENCY_UNAVAILABLE' } });
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect((await registry.call('GET', '/health/live')).status).toBe(200);
    await postgres.start();
    await eventually(() => registry.ok('GET', '/api/v1/models/before'), { timeoutMs: 15_000 });
    await registry.ok('POST', '/api/v1/models', { name: 'after' });
  });

  it('of Redis stops no acceptance, and what was accepted is queued when Redis is back', async () => {
    await redis.kill9();
    const job = await new Trainer(registry).submit();
    expect(job.status).toBe('queued');
    await redis.start();
    const producer = registry.service.app.get(JobProducer, { strict: false });
    await eventually(async () => expect(await producer.state('training', job.id)).toBe('waiting'), {
      timeoutMs: 30_000,
    });
  });
});
