import type { Page, Problem, RegisteredModel, TrainingJob } from '@modelyard/contracts';
import type { Answer } from '../testing/registry-under-test';
import { irisRecipe } from '../testing/recipes';
import { RegistryUnderTest } from '../testing/registry-under-test';
import { StoredAnswers } from './stored-answers';

describe('an idempotency key', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    await registry.ok('POST', '/api/v1/datasets', { name: 'iris' });
  });
  afterAll(() => registry.stop());

  const post = <T = RegisteredModel>(
    path: string,
    body: unknown,
    key: string,
    as: 'admin' | 'editor' = 'admin',
  ): Promise<Answer<T>> => registry.call<T>('POST', path, body, { as, headers: { 'idempotency-key': key } });

  it('gets the same answer again, headers included, and the work is done once', async () => {
    const first = await post('/api/v1/models', { name: 'one' }, 'key-1');
    const again = await post('/api/v1/models', { name: 'one' }, 'key-1');
    expect(first.status).toBe(201);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
  });

  it('holds for requests that come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post<TrainingJob>('/api/v1/training-jobs', irisRecipe(), 'key-2')),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(202));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const jobs = await registry.ok<Page<TrainingJob>>('GET', '/api/v1/training-jobs');
    expect(jobs.items).toHaveLength(1);
  });

  it('cannot be used for another request', async () => {
    await post('/api/v1/models', { name: 'two' }, 'key-3');
    for (const [path, body] of [
      ['/api/v1/models', { name: 'three' }],
      ['/api/v1/experiments', { name: 'two' }],
    ] as const) {
      expect(await post<Problem>(path, body, 'key-3')).toMatchObject({
        status: 422,
        body: { code: 'IDEMPOTENCY_KEY_REUSED' },
      });
    }
    expect((await registry.call('GET', '/api/v1/models/three')).status).toBe(404);
  });

  it('belongs to its caller', async () => {
    await post('/api/v1/models', { name: 'mine' }, 'key-4');
    expect((await post('/api/v1/models', { name: 'yours' }, 'key-4', 'editor')).status).toBe(201);
  });

  it('is free again after a refusal', async () => {
    expect((await post('/api/v1/models', { name: 'two' }, 'key-5')).status).toBe(409);
    expect((await post('/api/v1/models', { name: 'four' }, 'key-5')).status).toBe(201);
  });

  it('covers answers without a body', async () => {
    await registry.ok('POST', '/api/v1/models', { name: 'deleted' });
    const remove = (): Promise<Answer<unknown>> =>
      registry.call('DELETE', '/api/v1/models/deleted', undefined, {
        headers: { 'idempotency-key': 'key-6' },
      });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(204);
    expect((await registry.call('DELETE', '/api/v1/models/deleted')).status).toBe(404);
  });

  it.each([['x'.repeat(256)], ['with space'], ['ü']])('is refused as %s', async (key) => {
    expect(await post<Problem>('/api/v1/models', { name: 'odd' }, encodeLatin1(key))).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'Idempotency-Key' }] },
    });
  });

  it('is forgotten in the end', async () => {
    await post('/api/v1/models', { name: 'old' }, 'key-7');
    await registry.service.app.get(StoredAnswers, { strict: false }).forget(Date.now() + 1_000);
    expect((await post('/api/v1/models', { name: 'old' }, 'key-7')).status).toBe(409);
  });
});

/** Header values are Latin-1 on the wire. */
function encodeLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
