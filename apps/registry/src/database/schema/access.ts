import { ROLES } from '@modelyard/contracts';
import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { millis } from './columns';

export const apiKeys = pgTable(
  'api_keys',
  {
    /** 16 hex digits, part of the key itself. */
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    /** SHA-256 (hex) of the whole key. The key itself is shown once and stored nowhere. */
    sha256: text('sha256').notNull().unique(),
    createdAt: millis('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: millis('expires_at'),
    revokedAt: millis('revoked_at'),
  },
  (table) => [index('api_keys_by_creation').on(table.createdAt.desc(), table.id)],
);

/** Who changed what. A trigger refuses updates and deletes. */
export const audit = pgTable(
  'audit',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: millis('at').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    callerId: text('caller_id').notNull(),
    callerName: text('caller_name').notNull(),
    callerRole: text('caller_role', { enum: ROLES }).notNull(),
    requestId: text('request_id').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index('audit_by_subject').on(table.subject, table.id.desc())],
);
