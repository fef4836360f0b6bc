import type {
  DataContract,
  DatasetSchema,
  DatasetSplit,
  DatasetVersion,
  DatasetWarning,
} from '@modelyard/contracts';
import { DATASET_KINDS, DERIVATION_OPERATIONS } from '@modelyard/contracts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { hexId, millis } from './columns';

export const datasets = pgTable('datasets', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull().unique(),
  kind: text('kind', { enum: DATASET_KINDS }).notNull(),
  description: text('description').notNull().default(''),
  latestVersion: integer('latest_version').notNull().default(0),
  createdAt: millis('created_at').notNull(),
  createdBy: text('created_by').notNull(),
});

const datasetId = () =>
  bigint('dataset_id', { mode: 'number' })
    .notNull()
    .references(() => datasets.id, { onDelete: 'cascade' });

/** A version is immutable: rows here change once at most, when the content is deleted and the record stays. */
export const datasetVersions = pgTable(
  'dataset_versions',
  {
    datasetId: datasetId(),
    version: integer('version').notNull(),
    digest: text('digest').notNull(),
    /** What tells divisions of the same content apart: `splitKey`. Empty in rows from before versions could differ so. */
    splitKey: text('split_key').notNull().default(''),
    schema: jsonb('schema').$type<DatasetSchema>().notNull(),
    rows: integer('rows').notNull(),
    classCounts: jsonb('class_counts').$type<Record<string, number>>().notNull(),
    split: jsonb('split').$type<DatasetSplit>().notNull(),
    blobSha256: text('blob_sha256').notNull(),
    blobSize: bigint('blob_size', { mode: 'number' }).notNull(),
    storedBytes: bigint('stored_bytes', { mode: 'number' }).notNull().default(0),
    source: jsonb('source').$type<DatasetVersion['source']>().notNull(),
    warnings: jsonb('warnings').$type<DatasetWarning[]>().notNull().default([]),
    parentVersion: integer('parent_version'),
    parentOperation: text('parent_operation', { enum: DERIVATION_OPERATIONS }),
    quarantinedRows: integer('quarantined_rows').notNull().default(0),
    contract: jsonb('contract').$type<NonNullable<DatasetVersion['contract']>>(),
    /** Not a foreign key: a version outlives the record of its import. */
    importId: hexId('import_id'),
    createdAt: millis('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    deletedAt: millis('deleted_at'),
    deletedBy: text('deleted_by'),
    deletedReason: text('deleted_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.version] }),
    // Content that was deleted may come again, as a new version.
    uniqueIndex('dataset_versions_content')
      .on(table.datasetId, table.digest, table.splitKey)
      .where(sql`deleted_at is null`),
    index('dataset_versions_by_parent').on(table.datasetId, table.parentVersion),
    index('dataset_versions_by_import').on(table.importId),
  ],
);

/** Every blob that a version needs, its manifest too. None of them is deleted while a version has it here. */
export const datasetVersionBlobs = pgTable(
  'dataset_version_blobs',
  {
    datasetId: bigint('dataset_id', { mode: 'number' }).notNull(),
    version: integer('version').notNull(),
    sha256: text('sha256').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.version, table.sha256] }),
    foreignKey({
      columns: [table.datasetId, table.version],
      foreignColumns: [datasetVersions.datasetId, datasetVersions.version],
    }).onDelete('cascade'),
    index('dataset_version_blobs_by_content').on(table.sha256),
  ],
);

/** Every change of a dataset's contract is a new revision; one without a contract says that there is none any more. */
export const datasetContracts = pgTable(
  'dataset_contracts',
  {
    datasetId: datasetId(),
    revision: integer('revision').notNull(),
    contract: jsonb('contract').$type<DataContract>(),
    updatedAt: millis('updated_at').notNull(),
    updatedBy: text('updated_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.datasetId, table.revision] })],
);
