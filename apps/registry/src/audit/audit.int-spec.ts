import type { AuditEntry, Page } from '@modelyard/contracts';
import { sql } from 'drizzle-orm';
import { RegistryUnderTest } from '../testing/registry-under-test';

describe('the audit trail', () => {
  let registry: RegistryUnderTest;
  beforeAll(async () => (registry = await RegistryUnderTest.start()));
  afterAll(() => registry.stop());

  const list = (query = ''): Promise<Page<AuditEntry>> =>
    registry.ok<Page<AuditEntry>>('GET', `/api/v1/audit${query}`);

  it('says who did what, newest first', async () => {
    await registry.ok('POST', '/api/v1/models', { name: 'a' }, { as: 'editor' });
    await registry.ok('PATCH', '/api/v1/models/a', { description: 'b' });
    const { items } = await list('?pageSize=2');
    expect(items).toMatchObject([
      {
        action: 'model.updated',
        subject: 'models/a',
        caller: { name: 'admin' },
        details: { description: 'b' },
      },
      {
        action: 'model.created',
        caller: { name: 'editor', role: 'editor' },
        requestId: expect.any(String) as string,
      },
    ]);
    const by = await list(`?callerId=${items[1]?.caller.id}`);
    expect(by.items.every(({ caller }) => caller.name === 'editor')).toBe(true);
    const page = await list('?pageSize=1');
    const next = await list(`?pageSize=1&pageToken=${page.nextPageToken}`);
    expect([...page.items, ...next.items]).toEqual(items);
  });

  it('holds nothing of a request that was refused', async () => {
    await registry.call('POST', '/api/v1/models', { name: 'a' });
    expect((await list('?subject=models/a&action=model.created')).items).toHaveLength(1);
  });

  it('is never changed, by nobody', async () => {
    for (const statement of [
      sql`update audit set action = 'x'`,
      sql`delete from audit`,
      sql`truncate audit`,
    ]) {
      await expect(registry.database.db.execute(statement)).rejects.toThrow();
    }
    expect((await list()).items.length).toBeGreaterThan(0);
  });

  it('is for admins', async () => {
    expect((await registry.call('GET', '/api/v1/audit', undefined, { as: 'editor' })).status).toBe(403);
  });
});
