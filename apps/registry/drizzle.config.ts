import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate` in this folder writes the migration from the last schema to the present one. */
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/database/schema/*.ts', '../../libs/platform/database/src/outbox/outbox.table.ts'],
  out: './src/database/migrations',
});
