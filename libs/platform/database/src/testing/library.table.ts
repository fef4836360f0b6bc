import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** A made-up application's tables, for the tests of this library. */
export const books = pgTable('books', {
  id: uuid('id').primaryKey().defaultRandom(),
  title: text('title').notNull().unique(),
  pages: integer('pages').notNull(),
  details: jsonb('details').notNull().default({}),
});
