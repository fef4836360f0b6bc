import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres';
import type {
  PgDialect,
  PgPreparedQuery,
  PgTransactionConfig,
  PreparedQueryConfig,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Pool, PoolClient } from 'pg';
import { mapDatabaseError } from './map-database-error';
import type { Transaction } from './queryable';

type NoSchema = Record<string, never>;
type PrepareArguments = Parameters<NodePgSession<NoSchema, NoSchema>['prepareQuery']>;

/** Drizzle's session, but its queries fail with our errors: no caller has to think of a lost connection. */
export class MappedSession extends NodePgSession<NoSchema, NoSchema> {
  constructor(
    private readonly source: Pool | PoolClient,
    private readonly sqlDialect: PgDialect,
  ) {
    super(source, sqlDialect, undefined);
  }

  override prepareQuery<T extends PreparedQueryConfig>(...args: PrepareArguments): PgPreparedQuery<T> {
    const prepared = super.prepareQuery<T>(...args);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = (values) => execute(values).catch(rethrow);
    return prepared;
  }

  /**
   * Drizzle's own leaks the connection when BEGIN fails, and hides the first error when ROLLBACK fails too: both
   * happen whenever PostgreSQL goes away.
   */
  override async transaction<T>(
    work: (tx: Transaction) => Promise<T>,
    config?: PgTransactionConfig,
  ): Promise<T> {
    const client = await (this.source as Pool).connect().catch(rethrow);
    // Without a listener, a connection that dies between two statements would end the process.
    const ignore = (): void => {};
    client.on('error', ignore);
    let broken: Error | undefined;
    try {
      const session = new MappedSession(client, this.sqlDialect);
      const tx = new NodePgTransaction<NoSchema, NoSchema>(this.sqlDialect, session, undefined);
      await tx.execute(sql`begin`);
      try {
        if (config !== undefined) await tx.setTransaction(config);
        const result = await work(tx);
        await tx.execute(sql`commit`);
        return result;
      } catch (error) {
        await tx.execute(sql`rollback`).catch((failure: Error) => (broken = failure));
        throw mapDatabaseError(error) ?? error;
      }
    } finally {
      client.removeListener('error', ignore);
      client.release(broken);
    }
  }
}

function rethrow(error: unknown): never {
  throw mapDatabaseError(error) ?? error;
}
