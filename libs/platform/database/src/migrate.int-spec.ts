import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@modelyard/platform-testing';
import { createTestDatabase, startPostgresServer } from '@modelyard/platform-testing';
import { sql } from 'drizzle-orm';
import { Database } from './database';
import { migrate } from './migrate';
import { silentLogger as logger } from './testing/silent-logger';

describe('migrate', () => {
  let test: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    test = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'modelyard-migrations-'));
    cpSync(join(__dirname, 'testing/migrations'), folder, { recursive: true });
  });
  afterEach(async () => {
    await test.drop();
    rmSync(folder, { recursive: true });
  });

  function addMigration(tag: string, when: number, statements: string): void {
    const file = join(folder, 'meta/_journal.json');
    const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: object[] };
    journal.entries.push({ idx: journal.entries.length, version: '7', when, tag, breakpoints: true });
    writeFileSync(file, JSON.stringify(journal));
    writeFileSync(join(folder, `${tag}.sql`), statements);
  }

  it('brings an empty database up once, however many replicas start together', async () => {
    const applied = await Promise.all(
      Array.from({ length: 5 }, () => migrate({ url: test.url, folder, logger })),
    );
    expect(applied.sort()).toEqual([0, 0, 0, 0, 1]);
  });

  it('applies what came later, also with an older date', async () => {
    await migrate({ url: test.url, folder, logger });
    addMigration('0001_shelves', 1_000, 'CREATE TABLE shelves (id int)');
    expect(await migrate({ url: test.url, folder, logger })).toBe(1);
    expect(await migrate({ url: test.url, folder, logger })).toBe(0);
  });

  it('undoes a migration that fails halfway, keeps those before it, and does not keep the lock', async () => {
    addMigration(
      '0001_broken',
      9e12,
      'CREATE TABLE half (id int);--> statement-breakpoint\nSELECT no_such_column',
    );
    await expect(migrate({ url: test.url, folder, logger })).rejects.toThrow('no_such_column');
    const database = new Database({ url: test.url, poolSize: 1, logger });
    const { rows } = await database.db.execute(
      sql`select to_regclass('half') as half, to_regclass('books') as books`,
    );
    await database.close();
    expect(rows).toEqual([{ half: null, books: 'books' }]);
    writeFileSync(join(folder, '0001_broken.sql'), 'CREATE TABLE half (id int)');
    expect(await migrate({ url: test.url, folder, logger })).toBe(1);
  });

  it('waits for a PostgreSQL that is still starting', async () => {
    const server = await startPostgresServer();
    await server.stop();
    const migrating = migrate({ url: server.url, folder, logger });
    await server.start();
    expect(await migrating).toBe(1);
    await server.remove();
  });

  it('gives up on a PostgreSQL that does not come, and says which variable to look at', async () => {
    const nobody = 'postgresql://user:secret@127.0.0.1:1/none';
    const migrating = migrate({ url: nobody, folder, waitMs: 50, logger });
    await expect(migrating).rejects.toThrow('PostgreSQL did not answer for 0.05 s. Is DATABASE_URL right');
  });

  it('does not wait when the password is wrong', async () => {
    const url = new URL(test.url);
    url.password = 'wrong';
    await expect(migrate({ url: url.href, folder, logger })).rejects.toThrow(
      'password authentication failed',
    );
  });
});
