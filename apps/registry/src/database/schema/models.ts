import type { DatasetVersion, PackageFile, Signature } from '@modelyard/contracts';
import { STAGES } from '@modelyard/contracts';
import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { hexId, millis } from './columns';

/** Versions, stages and aliases of a model change under a lock of its row here, one change after the other. */
export const models = pgTable('models', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull().unique(),
  description: text('description').notNull().default(''),
  /** Version numbers are never given twice, even when the newest version is deleted. */
  lastVersion: integer('last_version').notNull().default(0),
  revision: integer('revision').notNull().default(1),
  createdAt: millis('created_at').notNull(),
  updatedAt: millis('updated_at').notNull(),
});

const modelId = () =>
  bigint('model_id', { mode: 'number' })
    .notNull()
    .references(() => models.id, { onDelete: 'cascade' });

export const modelTags = pgTable(
  'model_tags',
  { modelId: modelId(), key: text('key').notNull(), value: text('value').notNull() },
  (table) => [primaryKey({ columns: [table.modelId, table.key] })],
);

export const modelVersions = pgTable(
  'model_versions',
  {
    modelId: modelId(),
    version: integer('version').notNull(),
    stage: text('stage', { enum: STAGES }).notNull().default('None'),
    status: text('status', { enum: ['pending', 'ready', 'failed'] }).notNull(),
    statusMessage: text('status_message'),
    description: text('description').notNull().default(''),
    /** Where the version came from, as MLflow's clients see it: `runs:/<id>/model`. */
    source: text('source').notNull(),
    /** Not a foreign key: a version outlives its run. */
    runId: hexId('run_id'),
    dataset: jsonb('dataset').$type<Pick<DatasetVersion, 'version' | 'digest'> & { name: string }>(),
    /** NaN and infinities as strings. */
    metrics: jsonb('metrics').$type<Record<string, number>>().notNull(),
    signature: jsonb('signature').$type<Signature>().notNull(),
    package: jsonb('package').$type<PackageFile[]>().notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: millis('created_at').notNull(),
    updatedAt: millis('updated_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.modelId, table.version] }),
    index('model_versions_by_stage').on(table.modelId, table.stage, table.version.desc()),
    index('model_versions_by_run').on(table.runId),
  ],
);

export const modelVersionTags = pgTable(
  'model_version_tags',
  {
    modelId: bigint('model_id', { mode: 'number' }).notNull(),
    version: integer('version').notNull(),
    key: text('key').notNull(),
    value: text('value').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.modelId, table.version, table.key] }),
    foreignKey({
      columns: [table.modelId, table.version],
      foreignColumns: [modelVersions.modelId, modelVersions.version],
    }).onDelete('cascade'),
  ],
);

export const modelAliases = pgTable(
  'model_aliases',
  {
    modelId: modelId(),
    alias: text('alias').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.modelId, table.alias] }),
    foreignKey({
      columns: [table.modelId, table.version],
      foreignColumns: [modelVersions.modelId, modelVersions.version],
    }).onDelete('cascade'),
    index('model_aliases_by_version').on(table.modelId, table.version),
  ],
);
