import type { DatasetSchema, DatasetSplit, DatasetVersion } from '@modelyard/contracts';
import { bigint, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { millis } from './columns';

export const datasets = pgTable('datasets', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull().unique(),
  kind: text('kind', { enum: ['image', 'table'] }).notNull(),
  description: text('description').notNull().default(''),
  latestVersion: integer('latest_version').notNull().default(0),
  createdAt: millis('created_at').notNull(),
  createdBy: text('created_by').notNull(),
});

/** Rows here are never updated: a version is immutable. */
export const datasetVersions = pgTable(
  'dataset_versions',
  {
    datasetId: bigint('dataset_id', { mode: 'number' })
      .notNull()
      .references(() => datasets.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    digest: text('digest').notNull(),
    schema: jsonb('schema').$type<DatasetSchema>().notNull(),
    rows: integer('rows').notNull(),
    classCounts: jsonb('class_counts').$type<Record<string, number>>().notNull(),
    split: jsonb('split').$type<DatasetSplit>().notNull(),
    blobSha256: text('blob_sha256').notNull(),
    blobSize: bigint('blob_size', { mode: 'number' }).notNull(),
    source: jsonb('source').$type<DatasetVersion['source']>().notNull(),
    createdAt: millis('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.version] }),
    unique('dataset_versions_digest').on(table.datasetId, table.digest),
  ],
);
