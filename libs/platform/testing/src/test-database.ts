import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { sharedServiceUrl } from './shared-service';

export interface TestDatabase {
  url: string;
  /** Removes the database, whoever is still connected to it. */
  drop(): Promise<void>;
}

/** Makes an empty database on the PostgreSQL that the tests share, so that suites cannot see each other. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const shared = sharedServiceUrl('MODELYARD_TEST_DATABASE_URL');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(shared, `CREATE DATABASE ${name}`);
  const url = new URL(shared);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(shared, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
