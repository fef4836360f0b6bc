import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../queryable';
import { outbox } from './outbox.table';

export interface OutboxMessage {
  topic: string;
  /** An id that makes delivering the message twice harmless. */
  key: string;
  /** Plain JSON. */
  payload: unknown;
}

/** The channel on which a commit with messages wakes the relays of all replicas. */
export const OUTBOX_CHANNEL = 'modelyard_outbox';

/** Where a use case puts what must be told once its transaction has committed. */
@Injectable()
export class Outbox {
  async add(tx: Transaction, message: OutboxMessage): Promise<void> {
    await tx.insert(outbox).values({ topic: message.topic, key: message.key, payload: message.payload });
    // PostgreSQL sends it at the commit, once however many messages there are, and not at all after a rollback.
    await tx.execute(sql`select pg_notify(${OUTBOX_CHANNEL}, '')`);
  }
}
