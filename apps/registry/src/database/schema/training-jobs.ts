import type { Recipe, TrainingCheckpoint, TrainingProgress, TrainingResult } from '@modelyard/contracts';
import { TRAINING_JOB_STATUSES } from '@modelyard/contracts';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { hexId, millis } from './columns';
import { runs } from './runs';

export const trainingJobs = pgTable(
  'training_jobs',
  {
    /** The id of the job's run. */
    id: hexId('id')
      .primaryKey()
      .references(() => runs.id),
    status: text('status', { enum: TRAINING_JOB_STATUSES }).notNull(),
    recipe: jsonb('recipe').$type<Recipe>().notNull(),
    datasetName: text('dataset_name').notNull(),
    datasetVersion: integer('dataset_version').notNull(),
    datasetDigest: text('dataset_digest').notNull(),
    attempt: integer('attempt').notNull().default(0),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    progress: jsonb('progress').$type<TrainingProgress>(),
    checkpoint: jsonb('checkpoint').$type<TrainingCheckpoint>(),
    error: text('error'),
    result: jsonb('result').$type<TrainingResult>(),
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
    index('training_jobs_by_creation').on(table.createdAt.desc(), table.id),
    index('training_jobs_by_dataset').on(table.datasetName, table.datasetVersion),
    index('training_jobs_open')
      .on(table.updatedAt)
      .where(sql`status in ('queued', 'running')`),
  ],
);

export const trainingJobEvents = pgTable(
  'training_job_events',
  {
    jobId: hexId('job_id')
      .notNull()
      .references(() => trainingJobs.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    type: text('type', { enum: ['status', 'progress', 'log'] }).notNull(),
    at: millis('at').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.seq] })],
);
