import type {
  DataContract,
  ImportCheckpoint,
  ImportError,
  ImportOptions,
  ImportProgress,
  ImportSource,
} from '@modelyard/contracts';
import { DERIVATION_OPERATIONS, IMPORT_STATUSES } from '@modelyard/contracts';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { hexId, millis } from './columns';
import { uploads } from './uploads';

export const datasetImports = pgTable(
  'dataset_imports',
  {
    id: hexId('id').primaryKey(),
    /** By name: the dataset comes to be with its first version. */
    datasetName: text('dataset_name').notNull(),
    description: text('description'),
    status: text('status', { enum: IMPORT_STATUSES }).notNull(),
    /** With the whole URL, which people are not shown. */
    source: jsonb('source').$type<ImportSource>().notNull(),
    options: jsonb('options').$type<ImportOptions>().notNull(),
    /** The contract that came with the request, and that the dataset has once the import has succeeded. */
    contract: jsonb('contract').$type<DataContract>(),
    parentVersion: integer('parent_version'),
    operation: text('operation', { enum: DERIVATION_OPERATIONS }),
    attempt: integer('attempt').notNull().default(0),
    /** The worker's own name of the newest attempt: a start that is repeated counts no further one. */
    attemptId: text('attempt_id'),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    progress: jsonb('progress').$type<ImportProgress>(),
    checkpoint: jsonb('checkpoint').$type<ImportCheckpoint>(),
    error: jsonb('error').$type<ImportError>(),
    result: jsonb('result').$type<{ version: number; created: boolean }>(),
    /** The number of the newest event; events are numbered without gaps under a lock of this row. */
    lastEvent: integer('last_event').notNull().default(0),
    requestId: text('request_id').notNull(),
    createdAt: millis('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    startedAt: millis('started_at'),
    endedAt: millis('ended_at'),
    updatedAt: millis('updated_at').notNull(),
  },
  (table) => [
    index('dataset_imports_by_creation').on(table.createdAt.desc(), table.id),
    index('dataset_imports_by_dataset').on(table.datasetName, table.createdAt.desc()),
    index('dataset_imports_open')
      .on(table.updatedAt)
      .where(sql`status in ('queued', 'running')`),
    index('dataset_imports_resumable')
      .on(table.endedAt)
      .where(sql`checkpoint is not null`),
  ],
);

const importId = () =>
  hexId('import_id')
    .notNull()
    .references(() => datasetImports.id, { onDelete: 'cascade' });

export const datasetImportEvents = pgTable(
  'dataset_import_events',
  {
    importId: importId(),
    seq: integer('seq').notNull(),
    type: text('type', { enum: ['status', 'progress', 'log'] }).notNull(),
    at: millis('at').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.seq] })],
);

/** The uploads that an import reads: they stay while it may still need them. */
export const datasetImportUploads = pgTable(
  'dataset_import_uploads',
  {
    importId: importId(),
    position: integer('position').notNull(),
    uploadId: hexId('upload_id')
      .notNull()
      .references(() => uploads.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.position] }),
    index('dataset_import_uploads_by_upload').on(table.uploadId),
  ],
);

/** The blobs that an import's checkpoint names. */
export const datasetImportBlobs = pgTable(
  'dataset_import_blobs',
  { importId: importId(), sha256: text('sha256').notNull() },
  (table) => [
    primaryKey({ columns: [table.importId, table.sha256] }),
    index('dataset_import_blobs_by_content').on(table.sha256),
  ],
);
