import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiKey, ApiKeyDigests, Page, Problem } from '@modelyard/contracts';
import { sql } from 'drizzle-orm';
import { createEnvironment, RegistryUnderTest } from '../testing/registry-under-test';
import { digestOf, KEY_FORMAT } from './key-format';

const digests = (registry: RegistryUnderTest): Promise<ApiKeyDigests> =>
  registry.ok<ApiKeyDigests>('GET', '/internal/api-keys', undefined, { as: 'gateway' });

describe('API keys', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  it('are shown once and stored as digests', async () => {
    const before = await digests(registry);
    const expiresAt = '2100-01-01T00:00:00.000Z';
    const made = await registry.ok<ApiKey & { key: string }>('POST', '/api/v1/api-keys', {
      name: 'ci',
      role: 'editor',
      expiresAt,
    });
    expect(made.key).toMatch(KEY_FORMAT);
    expect(made).toMatchObject({ name: 'ci', role: 'editor', expiresAt, createdBy: 'admin' });
    const list = await registry.call<Page<ApiKey>>('GET', '/api/v1/api-keys');
    expect(list.body.items[0]).toMatchObject({ id: made.id, name: 'ci' });
    expect(JSON.stringify(list.body)).not.toContain(made.key);
    const after = await digests(registry);
    expect(after.etag).not.toBe(before.etag);
    expect(after.keys).toContainEqual({
      id: made.id,
      name: 'ci',
      role: 'editor',
      sha256: digestOf(made.key),
      expiresAt,
    });
  });

  it('stop being told of when they are revoked', async () => {
    const { id } = await registry.ok<ApiKey>('POST', '/api/v1/api-keys', { name: 'gone', role: 'viewer' });
    const { etag } = await digests(registry);
    for (let count = 0; count < 2; count++) {
      expect((await registry.call('DELETE', `/api/v1/api-keys/${id}`)).status).toBe(204);
    }
    const after = await digests(registry);
    expect(after.etag).not.toBe(etag);
    expect(after.keys.map((key) => key.id)).not.toContain(id);
    const trail = await registry.ok<Page<unknown>>(
      'GET',
      `/api/v1/audit?subject=api-keys/${id}&action=api-key.revoked`,
    );
    expect(trail.items).toHaveLength(1);
    const known = await registry.call('GET', '/internal/api-keys', undefined, {
      as: 'gateway',
      headers: { 'if-none-match': `"${after.etag}"` },
    });
    expect(known.status).toBe(304);
  });

  it('are made once for one idempotency key, and the secret is not kept for it', async () => {
    const make = () =>
      registry.call<ApiKey & { key?: string }>(
        'POST',
        '/api/v1/api-keys',
        { name: 'repeated', role: 'viewer' },
        { headers: { 'idempotency-key': 'make-one' } },
      );
    const first = await make();
    const again = await make();
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id } });
    expect(again.body).not.toHaveProperty('key');
    const { rows } = await registry.database.db.execute(sql`select body::text as body from idempotency_keys`);
    expect(JSON.stringify(rows)).not.toContain(first.body.key);
  });

  it('are for admins', async () => {
    for (const as of ['predictor', 'viewer', 'editor'] as const) {
      expect((await registry.call('GET', '/api/v1/api-keys', undefined, { as })).status).toBe(403);
      const body = { name: 'x', role: 'admin' };
      expect((await registry.call('POST', '/api/v1/api-keys', body, { as })).status).toBe(403);
    }
  });

  it.each([
    [{ role: 'editor' }, 'name'],
    [{ name: '', role: 'editor' }, 'name'],
    [{ name: 'x', role: 'root' }, 'role'],
    [{ name: 'x', role: 'editor', expiresAt: '2001-01-01T00:00:00Z' }, 'expiresAt'],
    [{ name: 'x', role: 'editor', expiresAt: 'soon' }, 'expiresAt'],
    [{ name: 'x', role: 'editor', expiresAt: null }, 'expiresAt'],
    [{ name: 'x', role: 'editor', key: 'mine' }, 'key'],
  ])('are refused as %j', async (body, path) => {
    const answer = await registry.call<Problem>('POST', '/api/v1/api-keys', body);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('are unknown by a wrong id', async () => {
    expect((await registry.call('DELETE', `/api/v1/api-keys/${'0'.repeat(16)}`)).status).toBe(404);
    expect((await registry.call('DELETE', '/api/v1/api-keys/x')).status).toBe(400);
  });
});

describe('the first admin key', () => {
  it('is made once by replicas that start together, and written where only its owner reads', async () => {
    const environment = await createEnvironment();
    const replicas = await Promise.all([1, 2, 3].map(() => RegistryUnderTest.start(environment)));
    try {
      const file = join(environment.folder, 'admin-key');
      const key = (await readFile(file, 'utf8')).trim();
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      for (const replica of replicas) {
        const { keys } = await digests(replica);
        expect(keys).toMatchObject([{ name: 'admin', role: 'admin', sha256: digestOf(key) }]);
      }
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
    }
    const later = await RegistryUnderTest.start(environment);
    expect((await digests(later)).keys).toHaveLength(1);
    await later.stop();
    await environment.drop();
  });

  it('comes from the operator, and changes with what the operator says', async () => {
    const keyOf = (digit: string): string => `my_${digit.repeat(16)}_${digit.repeat(43)}`;
    const environment = await createEnvironment({ ADMIN_API_KEY: keyOf('1') });
    for (const digit of ['1', '1', '2']) {
      environment.variables['ADMIN_API_KEY'] = keyOf(digit);
      const registry = await RegistryUnderTest.start(environment);
      expect((await digests(registry)).keys).toMatchObject([
        { id: digit.repeat(16), sha256: digestOf(keyOf(digit)) },
      ]);
      await registry.stop();
    }
    environment.variables['ADMIN_API_KEY'] = keyOf('1');
    const registry = await RegistryUnderTest.start(environment);
    expect((await digests(registry)).keys).toMatchObject([{ id: '2'.repeat(16) }]); // revoked is revoked
    await registry.stop();
    await expect(stat(join(environment.folder, 'admin-key'))).rejects.toThrow('ENOENT');
    await environment.drop();
  });

  it('is printed, never logged, where there is no file for it', async () => {
    const environment = await createEnvironment();
    delete environment.variables['ADMIN_KEY_FILE'];
    const printed: string[] = [];
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => printed.push(String(text)) > 0);
    const registry = await RegistryUnderTest.start(environment).finally(() => write.mockRestore());
    const [line] = printed.filter((text) => text.includes('my_'));
    const key = /my_\S+/.exec(line ?? '')?.[0] ?? '';
    expect((await digests(registry)).keys).toMatchObject([{ sha256: digestOf(key) }]);
    expect(printed.filter((text) => text.includes(key))).toHaveLength(1);
    await registry.stop();
    await environment.drop();
  });
});
