import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@modelyard/platform-observability';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { Client } from 'pg';
import { mapDatabaseError } from './map-database-error';

export interface MigrateOptions {
  url: string;
  /** A folder that drizzle-kit wrote: `*.sql` and `meta/_journal.json`. */
  folder: string;
  /** How long to wait for PostgreSQL to answer; default 30,000. */
  waitMs?: number;
  logger: Logger;
}

/** One number for the product, so that whoever migrates the same database waits for the other. */
const LOCK = 0x6d6f64656c; // "model"

/**
 * Applies the migrations that the database lacks, each in a transaction of its own, under an advisory lock: replicas
 * that start together wait for the first. Keeps its list in `drizzle.__drizzle_migrations`, as Drizzle does, but tells
 * what was applied by date and content, not by the newest date: a migration that came by a late merge is not skipped.
 *
 * @returns how many were applied
 * @throws Error when PostgreSQL does not answer in time, or a migration fails (nothing of that one is applied then)
 */
export async function migrate(options: MigrateOptions): Promise<number> {
  const migrations = readMigrationFiles({ migrationsFolder: options.folder });
  const client = await connect(options);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query('CREATE SCHEMA IF NOT EXISTS drizzle');
    await client.query(
      'CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)',
    );
    const { rows } = await client.query<{ id: string }>(
      `SELECT created_at || ' ' || hash AS id FROM drizzle.__drizzle_migrations`,
    );
    const applied = new Set(rows.map(({ id }) => id));
    const missing = migrations.filter(({ hash, folderMillis }) => !applied.has(`${folderMillis} ${hash}`));
    for (const { sql, hash, folderMillis } of missing) {
      await inTransaction(client, async () => {
        for (const statement of sql) await client.query(statement);
        await client.query('INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ($1, $2)', [
          hash,
          folderMillis,
        ]);
      });
    }
    if (missing.length > 0) options.logger.info({ migrations: missing.length }, 'the database was migrated');
    return missing.length;
  } finally {
    await client.end().catch(() => {}); // the lock goes with the session
  }
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function connect({ url, waitMs = 30_000, logger }: MigrateOptions): Promise<Client> {
  const deadline = Date.now() + waitMs;
  for (let tries = 1; ; tries += 1) {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      application_name: 'modelyard migration',
    });
    client.on('error', () => {}); // the running query fails too, and says so
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      if (mapDatabaseError(error)?.code !== 'DEPENDENCY_UNAVAILABLE') throw error;
      if (Date.now() > deadline) {
        throw new Error(
          `PostgreSQL did not answer for ${waitMs / 1000} s. Is DATABASE_URL right, and the server up?`,
          {
            cause: error,
          },
        );
      }
      if (tries === 1) logger.info({}, 'waiting for PostgreSQL');
      await delay(250);
    }
  }
}
