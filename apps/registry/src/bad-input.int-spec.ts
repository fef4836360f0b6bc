import type { Problem } from '@modelyard/contracts';
import { RegistryUnderTest } from './testing/registry-under-test';
import { Trainer } from './testing/trainer';

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

/** What clients send by mistake or on purpose, instead of what is asked for. */
const BODIES = [
  'null',
  '[]',
  '5',
  '"text"',
  '{}',
  '{"name":null}',
  '{"name":{}}',
  '{"name":"\\u0000"}',
  '{"name":"a\\ud800"}',
  '{"name":"ok","description":"\\u0000"}',
  '{"name":"ok","tags":{"a":"\\ud800"}}',
  '{"name":"ok","__proto__":{"a":1}}',
  '{"constructor":{"prototype":{}}}',
  '{"version":1e400}',
  '{"version":9007199254740993}',
  '{"target":{"model":"m","version":-1}}',
  '{"metrics":[{"key":"a","value":1,"step":9223372036854775807}]}',
  '{"metrics":[{"key":"a","value":1,"timestamp":-9007199254740991}]}',
  '{"params":{"a":"\\ud800"}}',
  '{"tags":{"a":"\\ud800"}}',
  '{"expiresAt":"+275760-09-13T00:00:00.000Z","name":"x","role":"viewer"}',
  '{"startedAt":"9999-99-99T00:00:00Z"}',
  '{"runId":"ffffffffffffffffffffffffffffffff","artifactPath":"\\ud800"}',
  '{"recipe":"- &a [*a]"}',
  '{"recipe":"a: &a [1]\\nb: *a"}',
  '{"broken":',
  '{"a":NaN}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
];
const NAMES = [
  'm',
  '%00',
  '%F0%9F%98%80',
  '%25',
  '..',
  '%2e%2e%2f',
  'a%2Fb',
  'x'.repeat(1_000),
  '-1',
  '0',
  'NaN',
  '%E0%A4',
];
const QUERIES = [
  '',
  '?pageSize=-1',
  '?pageSize=1e9',
  '?pageToken=%00',
  '?pageToken=W10',
  '?search=%00',
  '?path=%00',
  '?orderBy=metrics.%00',
  '?stage=None&stage=Archived',
  '?unknown=1',
  '?search[a]=b',
  '?subject=%00',
];

describe('bad input', () => {
  jest.setTimeout(180_000);
  let registry: RegistryUnderTest;
  let routes: [string, string][];
  beforeAll(async () => {
    registry = await RegistryUnderTest.start();
    const trainer = new Trainer(registry);
    await trainer.train('m');
    await registry.ok('POST', '/api/v1/deployments', { name: 'm', target: { model: 'm', version: 1 } });
    const { paths } = await registry.ok<Document>('GET', '/internal/openapi.json');
    routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path]),
    );
  });
  afterAll(() => registry.stop());

  const fill = (path: string, name: string): string => path.replace(/\{\w+\}/g, name);

  async function requireRefusal(method: string, path: string, body?: string): Promise<void> {
    const answer = await registry.call<Problem>(method, path, body, {
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
    });
    const told = `${method} ${path} ${body?.slice(0, 80) ?? ''} → ${answer.status} ${answer.body.detail ?? ''}`;
    if (answer.status >= 500) throw new Error(told);
    if (answer.status >= 400 && answer.status !== 416) {
      expect([told, answer.headers.get('content-type')]).toEqual([
        told,
        expect.stringContaining('application/problem+json'),
      ]);
      expect([told, answer.body.detail.length > 0]).toEqual([told, true]);
    }
  }

  it('in bodies is never a fault of the server', async () => {
    const writes = routes.filter(([method]) => method !== 'GET' && method !== 'DELETE');
    expect(writes.length).toBeGreaterThan(15);
    for (const [method, path] of writes) {
      for (const body of BODIES)
        await requireRefusal(method, fill(path, path.includes('runs') ? 'a'.repeat(32) : '1'), body);
    }
  });

  it('in paths is never a fault of the server', async () => {
    for (const [method, path] of routes.filter(([, route]) => route.includes('{'))) {
      for (const name of NAMES)
        await requireRefusal(
          method,
          fill(path, name),
          method === 'GET' || method === 'DELETE' ? undefined : '{}',
        );
    }
  });

  it('in queries is never a fault of the server', async () => {
    for (const [method, path] of routes.filter(
      ([verb, route]) => verb === 'GET' && !route.endsWith('/events'),
    )) {
      for (const query of QUERIES) await requireRefusal(method, `${fill(path, 'm')}${query}`);
    }
  });

  it('larger than the limit is refused as that', async () => {
    const huge = JSON.stringify({ name: 'x', description: 'x'.repeat(17 * 1024 * 1024) });
    const answer = await registry.call<Problem>('POST', '/api/v1/models', huge, {
      headers: { 'content-type': 'application/json' },
    });
    expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  });

  it('without a caller is refused', async () => {
    const response = await fetch(`${registry.service.url}/api/v1/models`);
    expect(response.status).toBe(401);
  });
});
