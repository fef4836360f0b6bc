import { join } from 'node:path';
import type { TestDatabase } from '@modelyard/platform-testing';
import { createTestDatabase, eventually } from '@modelyard/platform-testing';
import { asc, sql } from 'drizzle-orm';
import { Database } from '../database';
import { migrate } from '../migrate';
import { silentLogger as logger } from '../testing/silent-logger';
import { Outbox } from './outbox';
import { OutboxRelay } from './outbox-relay';
import type { OutboxRow } from './outbox.table';
import { outbox as table } from './outbox.table';

describe('the outbox', () => {
  let test: TestDatabase;
  let database: Database;
  let relays: OutboxRelay[];
  const outbox = new Outbox();

  beforeAll(async () => {
    test = await createTestDatabase();
    await migrate({ url: test.url, folder: join(__dirname, '../testing/migrations'), logger });
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    database = new Database({ url: test.url, poolSize: 10, logger });
    await database.db.delete(table);
    relays = [];
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await database.close();
  });

  function relay(deliver: (rows: OutboxRow[]) => Promise<void>): OutboxRelay {
    const made = new OutboxRelay(database, logger);
    relays.push(made);
    void made.start(deliver);
    return made;
  }
  const add = (...keys: string[]): Promise<void> =>
    database.transaction(async (tx) => {
      for (const key of keys) await outbox.add(tx, { topic: 'book', key, payload: { key } });
    });
  const waiting = async (): Promise<number> => database.db.$count(table, sql`delivered_at is null`);

  it('delivers what was committed, in order, with its payload', async () => {
    const got: OutboxRow[] = [];
    relay(async (rows) => void got.push(...rows));
    await add('a', 'b', 'c');
    await eventually(async () => expect(await waiting()).toBe(0));
    expect(got.map(({ topic, key, payload }) => ({ topic, key, payload }))).toEqual(
      ['a', 'b', 'c'].map((key) => ({ topic: 'book', key, payload: { key } })),
    );
  });

  it('delivers nothing of a transaction that was undone', async () => {
    const got: string[] = [];
    relay(async (rows) => void got.push(...rows.map(({ key }) => key)));
    const undone = database.transaction(async (tx) => {
      await outbox.add(tx, { topic: 'book', key: 'undone', payload: {} });
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await add('kept');
    await eventually(() => expect(got).toEqual(['kept']));
  });

  it('is told by the commit: it does not wait for its next poll', async () => {
    let arrived = 0;
    relay(async () => void (arrived = performance.now()));
    await eventually(async () => {
      // The relay listens on a connection of its own; until it does, only polls would find the row.
      const { rows } = await database.db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and query like 'LISTEN%'`,
      );
      expect(rows).toHaveLength(1);
    });
    const latencies: number[] = [];
    for (const key of ['one', 'two', 'three', 'four', 'five']) {
      arrived = 0;
      const start = performance.now();
      await add(key);
      await eventually(() => expect(arrived).toBeGreaterThan(0), { intervalMs: 1 });
      latencies.push(arrived - start);
    }
    // A poll comes once a second: five deliveries by polls alone cannot all come this soon.
    expect(Math.max(...latencies)).toBeLessThan(900);
  });

  it('tries again when delivering fails, and gives the same rows', async () => {
    const tries: string[][] = [];
    relay(async (rows) => {
      tries.push(rows.map(({ key }) => key));
      if (tries.length < 3) throw new Error('Redis is away');
    });
    await add('a', 'b');
    await eventually(async () => expect(await waiting()).toBe(0));
    expect(tries.slice(0, 3)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('is shared by replicas: each row goes to one of them', async () => {
    const got: string[] = [];
    const keys = Array.from({ length: 350 }, (_, i) => `key-${i}`);
    await add(...keys);
    for (let i = 0; i < 3; i += 1) relay(async (rows) => void got.push(...rows.map(({ key }) => key)));
    await eventually(async () => expect(await waiting()).toBe(0));
    expect(got.sort()).toEqual(keys.sort());
  });

  it('finishes the delivery that is under way before it stops', async () => {
    let begun = (): void => {};
    const delivering = new Promise<void>((resolve) => (begun = resolve));
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const one = relay(async () => {
      begun();
      await finished;
    });
    await add('slow');
    await delivering;
    const stopping = one.stop();
    finish();
    await stopping;
    expect(await waiting()).toBe(0);
  });

  it('forgets what was delivered more than a day ago', async () => {
    await add('old', 'new', 'waiting');
    await database.db.execute(
      sql`update outbox set delivered_at = now() - interval '25 hours' where key = 'old'`,
    );
    await database.db.execute(
      sql`update outbox set delivered_at = now() - interval '23 hours' where key = 'new'`,
    );
    relay(async () => {});
    await eventually(async () => {
      const rows = await database.db.select().from(table).orderBy(asc(table.id));
      expect(rows.map(({ key }) => key)).toEqual(['new', 'waiting']);
    });
  });

  it('goes on after PostgreSQL closed its connections', async () => {
    const got: string[] = [];
    relay(async (rows) => void got.push(...rows.map(({ key }) => key)));
    await add('before');
    await eventually(() => expect(got).toEqual(['before']));
    await database.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await add('after');
    // At least once: a connection closed between delivery and commit brings the row again.
    await eventually(() => expect([...new Set(got)]).toStrictEqual(['before', 'after']));
  });

  it('refuses to be started twice', () => {
    const one = relay(async () => {});
    expect(() => one.start(async () => {})).toThrow('running already');
  });
});
