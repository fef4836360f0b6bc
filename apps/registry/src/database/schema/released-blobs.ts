import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { millis } from './columns';

/** Content that something needed and needs no more. A sweep deletes it in the end, unless something else needs it. */
export const releasedBlobs = pgTable(
  'released_blobs',
  { sha256: text('sha256').primaryKey(), releasedAt: millis('released_at').notNull() },
  (table) => [index('released_blobs_by_age').on(table.releasedAt)],
);
