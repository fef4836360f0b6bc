import type { Logger } from '@modelyard/platform-observability';
import { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import { PgDialect } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { Pool } from 'pg';
import { Listener } from './listener';
import { MappedSession } from './mapped-session';
import type { Transaction } from './queryable';
import { reasonOf } from './reason-of';

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database` */
  url: string;
  /** The most connections at a time; `listen` takes one more. */
  poolSize: number;
  logger: Logger;
}

const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;

/**
 * The pool of connections to PostgreSQL. When PostgreSQL goes away, queries fail with `DEPENDENCY_UNAVAILABLE` at once;
 * when it is back, they work again. Nothing here ends the process.
 */
export class Database {
  readonly db: NodePgDatabase;
  private readonly pool: Pool;
  private readonly listener: Listener;
  private closed: Promise<void> | undefined;

  constructor(options: DatabaseOptions) {
    this.pool = new Pool({
      connectionString: options.url,
      max: options.poolSize,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      application_name: 'modelyard',
      statement_timeout: STATEMENT_MS,
      // The server says the first; only the client notices a server whose machine is gone.
      query_timeout: STATEMENT_MS + 5_000,
      // A transaction whose owner hangs must not hold its locks for ever.
      idle_in_transaction_session_timeout: 60_000,
    });
    this.pool.on('error', (error) =>
      options.logger.warn({ reason: reasonOf(error) }, 'an idle database connection was lost'),
    );
    const dialect = new PgDialect();
    this.db = new NodePgDatabase(dialect, new MappedSession(this.pool, dialect), undefined);
    this.listener = new Listener(options.url, options.logger);
  }

  /**
   * Runs `work` in one transaction: all of it happens, or, when it throws, nothing.
   *
   * @throws AppError what `mapDatabaseError` makes of a failure; anything else that `work` throws comes through.
   *   `DEPENDENCY_UNAVAILABLE` may come after a COMMIT whose answer was lost, so what is retried must be idempotent.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, config?: PgTransactionConfig): Promise<T> {
    return this.db.transaction<T>(work as never, config);
  }

  /** @throws AppError DEPENDENCY_UNAVAILABLE */
  async ping(): Promise<void> {
    await this.db.execute(sql`select 1`);
  }

  /**
   * Calls `heard` for each `NOTIFY` on a channel. Reconnects for ever; what was said meanwhile is lost, so `heard` is
   * called once with `undefined` after each reconnection: look for yourself.
   *
   * @returns a function that stops listening
   */
  listen(channel: string, heard: (payload: string | undefined) => void): Promise<() => Promise<void>> {
    return this.listener.listen(channel, heard);
  }

  /** Waits for running queries. */
  close(): Promise<void> {
    this.closed ??= this.listener.close().then(() => this.pool.end());
    return this.closed;
  }
}
