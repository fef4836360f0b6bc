import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { millis } from './columns';

/** Ids are numbers that clients see as strings; `0` is `Default` and exists from the first migration on. */
export const experiments = pgTable('experiments', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity({ startWith: 1 }),
  name: text('name').notNull().unique(),
  lifecycle: text('lifecycle', { enum: ['active', 'deleted'] })
    .notNull()
    .default('active'),
  artifactLocation: text('artifact_location').notNull(),
  revision: integer('revision').notNull().default(1),
  createdAt: millis('created_at').notNull(),
  updatedAt: millis('updated_at').notNull(),
});

export const experimentTags = pgTable(
  'experiment_tags',
  {
    experimentId: bigint('experiment_id', { mode: 'number' })
      .notNull()
      .references(() => experiments.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    value: text('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.experimentId, table.key] })],
);
