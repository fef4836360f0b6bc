import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { hexId, millis } from './columns';

/** Files on their way in, and those that have arrived and that an import may need. */
export const uploads = pgTable(
  'uploads',
  {
    id: hexId('id').primaryKey(),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    /** Bytes that are durable: the end of the last piece. */
    offset: bigint('offset', { mode: 'number' }).notNull().default(0),
    /** The client's `Upload-Metadata`, given back as it came. */
    metadata: text('metadata').notNull().default(''),
    createdAt: millis('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: millis('expires_at').notNull(),
  },
  (table) => [
    index('uploads_by_creation').on(table.createdAt.desc(), table.id),
    index('uploads_by_expiry').on(table.expiresAt),
  ],
);

/** An upload's content: pieces that lie without gaps one after the other. */
export const uploadPieces = pgTable(
  'upload_pieces',
  {
    uploadId: hexId('upload_id')
      .notNull()
      .references(() => uploads.id, { onDelete: 'cascade' }),
    /** Where the piece begins in the upload. */
    start: bigint('start', { mode: 'number' }).notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.uploadId, table.start] }),
    index('upload_pieces_by_content').on(table.sha256),
  ],
);
