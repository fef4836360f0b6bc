import { RUN_STATUSES } from '@modelyard/contracts';
import { bigint, doublePrecision, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { hexId, millis } from './columns';
import { experiments } from './experiments';

export const runs = pgTable(
  'runs',
  {
    id: hexId('id').primaryKey(),
    experimentId: bigint('experiment_id', { mode: 'number' })
      .notNull()
      .references(() => experiments.id),
    name: text('name').notNull(),
    status: text('status', { enum: RUN_STATUSES }).notNull(),
    statusMessage: text('status_message'),
    userId: text('user_id').notNull(),
    lifecycle: text('lifecycle', { enum: ['active', 'deleted'] })
      .notNull()
      .default('active'),
    artifactUri: text('artifact_uri').notNull(),
    revision: integer('revision').notNull().default(1),
    startedAt: millis('started_at'),
    endedAt: millis('ended_at'),
    createdAt: millis('created_at').notNull(),
    deletedAt: millis('deleted_at'),
  },
  (table) => [
    index('runs_by_start').on(table.experimentId, table.startedAt.desc().nullsLast(), table.id),
    index('runs_by_creation').on(table.createdAt.desc(), table.id),
  ],
);

const runId = () =>
  hexId('run_id')
    .notNull()
    .references(() => runs.id, { onDelete: 'cascade' });

export const runParams = pgTable(
  'run_params',
  { runId: runId(), key: text('key').notNull(), value: text('value').notNull() },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
);

export const runTags = pgTable(
  'run_tags',
  { runId: runId(), key: text('key').notNull(), value: text('value').notNull() },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
);

/** Every point of every metric. The key is the whole row, so a point that is sent twice is there once. */
export const runMetrics = pgTable(
  'run_metrics',
  {
    runId: runId(),
    key: text('key').notNull(),
    step: bigint('step', { mode: 'number' }).notNull(),
    timestamp: millis('timestamp').notNull(),
    value: doublePrecision('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key, table.step, table.timestamp, table.value] })],
);

/** The point of each metric with the greatest (step, timestamp, value): what lists show and searches compare. */
export const latestMetrics = pgTable(
  'latest_metrics',
  {
    runId: runId(),
    key: text('key').notNull(),
    step: bigint('step', { mode: 'number' }).notNull(),
    timestamp: millis('timestamp').notNull(),
    value: doublePrecision('value').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.key] }),
    index('latest_metrics_by_value').on(table.key, table.value, table.runId),
  ],
);

export const runArtifacts = pgTable(
  'run_artifacts',
  {
    runId: runId(),
    path: text('path').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    mediaType: text('media_type').notNull(),
    createdAt: millis('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.path] }),
    index('run_artifacts_by_content').on(table.sha256),
  ],
);
