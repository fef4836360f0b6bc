import type { DeploymentTarget } from '@modelyard/contracts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { millis } from './columns';
import { models } from './models';

/**
 * Desired state. A deleted deployment keeps its row, so that the same name made again goes on counting revisions:
 * a replica never mistakes the new revision 1 for the old one.
 */
export const deployments = pgTable(
  'deployments',
  {
    name: text('name').primaryKey(),
    target: jsonb('target').$type<DeploymentTarget>().notNull(),
    revision: integer('revision').notNull(),
    modelId: bigint('model_id', { mode: 'number' }).references(() => models.id),
    desiredVersion: integer('desired_version').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: millis('created_at').notNull(),
    updatedAt: millis('updated_at').notNull(),
    deletedAt: millis('deleted_at'),
  },
  (table) => [
    uniqueIndex('deployments_one_default')
      .on(table.isDefault)
      .where(sql`is_default`),
    index('deployments_by_model').on(table.modelId),
  ],
);

export const deploymentRevisions = pgTable(
  'deployment_revisions',
  {
    deployment: text('deployment')
      .notNull()
      .references(() => deployments.name),
    revision: integer('revision').notNull(),
    target: jsonb('target').$type<DeploymentTarget>().notNull(),
    desired: jsonb('desired').$type<{ model: string; version: number }>().notNull(),
    reason: text('reason').notNull(),
    author: text('author').notNull(),
    createdAt: millis('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deployment, table.revision] })],
);

/** What each inference replica said last. */
export const deploymentStatuses = pgTable(
  'deployment_statuses',
  {
    deployment: text('deployment')
      .notNull()
      .references(() => deployments.name),
    replica: text('replica').notNull(),
    state: text('state', { enum: ['pending', 'loading', 'ready', 'failed'] }).notNull(),
    revision: integer('revision').notNull(),
    serving: jsonb('serving').$type<{ model: string; version: number }>(),
    message: text('message'),
    reportedAt: millis('reported_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deployment, table.replica] })],
);
