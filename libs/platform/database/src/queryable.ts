import type { NodePgQueryResultHKT, NodePgTransaction } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';

/** An open transaction; `transaction()` on it makes a savepoint. */
export type Transaction = NodePgTransaction<Record<string, never>, Record<string, never>>;

/** What a query runs on: the pool, where each statement commits by itself, or an open transaction. */
export type Queryable = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;
