import { Redis } from 'ioredis';
import { Client } from 'pg';
import {
  createTestDatabase,
  createTestRedis,
  eventually,
  startPostgresServer,
  startRedisServer,
} from './index';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('test databases', () => {
  it('are isolated from each other, and gone after drop', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(one.url, 'CREATE TABLE mine (id int)');
    await expect(query(two.url, 'SELECT * FROM mine')).rejects.toThrow('does not exist');
    await Promise.all([one.drop(), two.drop()]);
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('drop although somebody is still connected', async () => {
    const { url, drop } = await createTestDatabase();
    const client = new Client({ connectionString: url });
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error)); // says it twice: the server's reason, and the closed socket
    await client.connect();
    await drop();
    await eventually(() => expect(errors[0]?.message).toContain('terminating connection'));
  });
});

describe('test Redis databases', () => {
  it('are isolated from each other, and empty when they come back', async () => {
    const [one, two] = await Promise.all([createTestRedis(), createTestRedis()]);
    const [a, b] = [new Redis(one.url), new Redis(two.url)];
    await a.set('key', 'a');
    expect(await b.get('key')).toBeNull();
    await one.drop();
    expect(await a.get('key')).toBeNull();
    await two.drop();
    a.disconnect();
    b.disconnect();
  });
});

describe('servers of a test’s own', () => {
  it('PostgreSQL keeps what was committed over kill -9 and over a clean stop, at the same URL', async () => {
    const server = await startPostgresServer();
    await query(server.url, 'CREATE TABLE kept (id int)');
    await query(server.url, 'INSERT INTO kept VALUES (1)');
    await server.kill9();
    await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await server.start();
    expect(await query(server.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    await server.stop();
    await server.start();
    expect(await query(server.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    await server.remove();
  });

  it('Redis comes back after kill -9 at the same URL', async () => {
    const server = await startRedisServer();
    const redis = new Redis(server.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    redis.on('error', () => {}); // expected while it is down
    await redis.set('kept', 'yes');
    await redis.call('WAITAOF', '1', '0', '2000').catch(() => undefined); // Redis before 7.2 has no such command
    await server.stop();
    await server.start();
    expect(await redis.get('kept')).toBe('yes');
    await server.kill9();
    await server.start();
    await eventually(async () => expect(await redis.ping()).toBe('PONG'));
    redis.disconnect();
    await server.remove();
  });
});
