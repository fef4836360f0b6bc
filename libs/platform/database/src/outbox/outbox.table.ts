import { isNull } from 'drizzle-orm';
import { bigserial, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * What must be told to the outside because a transaction committed: a message lies here in the same commit as the
 * change that it speaks of, and goes out afterwards, at least once. List this file in the app's drizzle.config.ts, so
 * that the app's migrations make the table.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** What to do with the message: the relay's deliverer tells messages apart by it. */
    topic: text('topic').notNull(),
    /** What the message is about: an id that makes delivering it twice harmless. */
    key: text('key').notNull(),
    payload: jsonb('payload').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    deliveredAt: timestamp('delivered_at', { withTimezone: true }),
  },
  (table) => [
    index('outbox_waiting').on(table.id).where(isNull(table.deliveredAt)),
    index('outbox_delivered').on(table.deliveredAt),
  ],
);

export type OutboxRow = typeof outbox.$inferSelect;
