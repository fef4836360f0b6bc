import { defineConfig } from 'drizzle-kit';

// Only for the tests of this library; README.md says how an application has its own.
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/testing/library.table.ts', './src/outbox/outbox.table.ts'],
  out: './src/testing/migrations',
});
