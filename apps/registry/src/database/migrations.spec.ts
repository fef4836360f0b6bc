import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outbox } from '@modelyard/platform-database';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import * as schema from './schema';

interface Journal {
  entries: { idx: number }[];
}

it('migrates to the schema that the code has: `npx drizzle-kit generate` would write nothing', async () => {
  const read = <T>(name: string): T =>
    JSON.parse(readFileSync(join(__dirname, 'migrations/meta', name), 'utf8')) as T;
  const last = String(read<Journal>('_journal.json').entries.at(-1)?.idx).padStart(4, '0');
  const migrated = read<ReturnType<typeof generateDrizzleJson>>(`${last}_snapshot.json`);
  const present = generateDrizzleJson({ ...schema, outbox });
  await expect(generateMigration(migrated, present)).resolves.toEqual([]);
});
