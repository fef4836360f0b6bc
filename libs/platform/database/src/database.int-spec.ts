import { join } from 'node:path';
import type { OwnServer, TestDatabase } from '@modelyard/platform-testing';
import { createTestDatabase, eventually, startPostgresServer } from '@modelyard/platform-testing';
import { eq, sql } from 'drizzle-orm';
import { Database } from './database';
import { violatedConstraint } from './map-database-error';
import { migrate } from './migrate';
import { books } from './testing/library.table';
import { silentLogger as logger } from './testing/silent-logger';

const folder = join(__dirname, 'testing/migrations');

describe('Database', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    await migrate({ url: test.url, folder, logger });
    database = new Database({ url: test.url, poolSize: 4, logger });
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });
  beforeEach(() => database.db.delete(books));

  const titles = async (): Promise<string[]> =>
    (await database.db.select().from(books).orderBy(books.title)).map(({ title }) => title);

  it('commits a transaction as a whole, and gives its result', async () => {
    const count = await database.transaction(async (tx) => {
      await tx.insert(books).values({ title: 'Emma', pages: 474 });
      await tx.insert(books).values({ title: 'Persuasion', pages: 249 });
      return 2;
    });
    expect(count).toBe(2);
    expect(await titles()).toEqual(['Emma', 'Persuasion']);
  });

  it('undoes a transaction that throws, and passes the error on unchanged', async () => {
    const reason = new Error('changed my mind');
    const work = database.transaction(async (tx) => {
      await tx.insert(books).values({ title: 'Emma', pages: 474 });
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(await titles()).toEqual([]);
  });

  it('nests: an inner transaction that fails undoes its own part alone', async () => {
    await database.transaction(async (tx) => {
      await tx.insert(books).values({ title: 'Emma', pages: 474 });
      const inner = tx.transaction((nested) => nested.insert(books).values({ title: 'Emma', pages: 1 }));
      await expect(inner).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
      await tx.insert(books).values({ title: 'Persuasion', pages: 249 });
    });
    expect(await titles()).toEqual(['Emma', 'Persuasion']);
  });

  it('takes the isolation level', async () => {
    const level = await database.transaction(
      async (tx) =>
        (await tx.execute<{ level: string }>(sql`select current_setting('transaction_isolation') as level`))
          .rows,
      { isolationLevel: 'serializable' },
    );
    expect(level).toEqual([{ level: 'serializable' }]);
  });

  it('says what exists already, and by which constraint', async () => {
    await database.db.insert(books).values({ title: 'Emma', pages: 474 });
    const again = database.db.insert(books).values({ title: 'Emma', pages: 474 });
    const error: unknown = await again.then(
      () => undefined,
      (failure: unknown) => failure,
    );
    expect(error).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(violatedConstraint(error)).toBe('books_title_unique');
  });

  it('turns values that PostgreSQL cannot hold into validation errors', async () => {
    const nul = database.db.insert(books).values({ title: 'Em\u0000ma', pages: 1 });
    await expect(nul).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    const huge = database.db.insert(books).values({ title: 'Emma', pages: 2 ** 40 });
    await expect(huge).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    const json = database.db.insert(books).values({ title: 'Emma', pages: 1, details: { note: '\u0000' } });
    await expect(json).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    const id = database.db.select().from(books).where(eq(books.id, 'not-a-uuid'));
    await expect(id).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('hears what other connections notify, until it stops listening', async () => {
    const heard: (string | undefined)[] = [];
    const stop = await database.listen('a channel"s name', (payload) => heard.push(payload));
    await database.db.execute(sql`select pg_notify('a channel"s name', 'one')`);
    await eventually(() => expect(heard).toEqual(['one']));
    await stop();
    await database.db.execute(sql`select pg_notify('a channel"s name', 'two')`);
    await database.ping();
    expect(heard).toEqual(['one']);
  });
});

describe('Database, when PostgreSQL goes away', () => {
  let server: OwnServer;
  let database: Database;

  beforeAll(async () => {
    server = await startPostgresServer();
    await migrate({ url: server.url, folder, logger });
    database = new Database({ url: server.url, poolSize: 4, logger });
  });
  afterAll(async () => {
    await database.close();
    await server.remove();
  });

  it.each(['stop', 'kill9'] as const)(
    '%s: fails fast meanwhile, and goes on by itself afterwards',
    async (end) => {
      await Promise.all([database.ping(), database.ping(), database.ping()]); // idle connections that will break
      let reached = (): void => {};
      const inTransaction = new Promise<void>((resolve) => (reached = resolve));
      let goOn = (): void => {};
      const pause = new Promise<void>((resolve) => (goOn = resolve));
      const interrupted = database.transaction(async (tx) => {
        await tx.insert(books).values({ title: `lost to ${end}`, pages: 1 });
        reached();
        await pause;
        await tx.insert(books).values({ title: `never ${end}`, pages: 1 });
      });
      await inTransaction;

      await server[end]();
      goOn();
      await expect(interrupted).rejects.toMatchObject({
        code: 'DEPENDENCY_UNAVAILABLE',
        retryAfterSeconds: 1,
      });
      const asked = performance.now();
      await expect(database.ping()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
      await expect(database.transaction((tx) => tx.delete(books))).rejects.toMatchObject({
        code: 'DEPENDENCY_UNAVAILABLE',
      });
      expect(performance.now() - asked).toBeLessThan(1_000);

      await server.start();
      await database.ping();
      expect(await database.db.select().from(books)).toEqual([]);
      // No connection leaked: all four of the pool can be had at once.
      await Promise.all(
        Array.from({ length: 4 }, () => database.transaction((tx) => tx.execute(sql`select pg_sleep(0.01)`))),
      );
    },
  );

  it('listens again, and says that it may have missed something', async () => {
    const heard: (string | undefined)[] = [];
    const stop = await database.listen('news', (payload) => heard.push(payload));
    await server.kill9();
    await server.start();
    await eventually(() => expect(heard).toStrictEqual([undefined]));
    await database.db.execute(sql`select pg_notify('news', 'back')`);
    await eventually(() => expect(heard).toStrictEqual([undefined, 'back']));
    await stop();
  });
});
