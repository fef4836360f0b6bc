import { join } from 'node:path';
import { HealthRegistry, ObservabilityModule } from '@modelyard/platform-observability';
import type { OwnServer } from '@modelyard/platform-testing';
import { eventually, startPostgresServer } from '@modelyard/platform-testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { sql } from 'drizzle-orm';
import { Database } from './database';
import { DatabaseModule } from './database.module';
import { Outbox } from './outbox/outbox';
import { OutboxRelay } from './outbox/outbox-relay';

describe('DatabaseModule', () => {
  let server: OwnServer;
  const apps: INestApplicationContext[] = [];

  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));
  afterAll(() => server.remove());

  async function boot(): Promise<INestApplicationContext> {
    const imports = [
      ObservabilityModule.of({ service: 'registry' }),
      DatabaseModule.of({ url: server.url, poolSize: 3, migrations: join(__dirname, 'testing/migrations') }),
    ];
    @Module({ imports })
    class App {}
    const app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
    apps.push(app);
    return app;
  }

  it('is migrated and ready when the application is, also when replicas start together', async () => {
    const replicas = await Promise.all([boot(), boot(), boot()]);
    for (const app of replicas) {
      const { rows } = await app.get(Database).db.execute(sql`select to_regclass('books') as books`);
      expect(rows).toEqual([{ books: 'books' }]);
    }
  });

  it('tells in the health when PostgreSQL is away, and when it is back', async () => {
    const health = (await boot()).get(HealthRegistry);
    expect((await health.report()).dependencies['postgres']).toMatchObject({ status: 'up' });
    await server.kill9();
    expect((await health.report()).dependencies['postgres']).toMatchObject({ status: 'down' });
    await server.start();
    expect((await health.report()).dependencies['postgres']).toMatchObject({ status: 'up' });
  });

  it('delivers what was committed after a crash of PostgreSQL under the relay, at least once', async () => {
    const app = await boot();
    const delivered: string[] = [];
    void app.get(OutboxRelay).start((rows) => {
      delivered.push(...rows.map(({ key }) => key));
      return Promise.resolve();
    });
    await server.kill9();
    await server.start();
    await app
      .get(Database)
      .transaction((tx) => app.get(Outbox).add(tx, { topic: 't', key: 'kept', payload: 1 }));
    await eventually(() => expect(delivered).toContain('kept'), { timeoutMs: 15_000 });
  });

  it('closes its connections with the application', async () => {
    const app = await boot();
    const watcher = (await boot()).get(Database);
    await app.get(Database).ping();
    void app.get(OutboxRelay).start(() => Promise.resolve());
    await app.close();
    await eventually(async () => {
      const { rows } = await watcher.db.execute<{ count: string }>(
        sql`select count(*) from pg_stat_activity where application_name like 'modelyard%' and pid <> pg_backend_pid()`,
      );
      expect(rows).toEqual([{ count: '0' }]);
    });
    await expect(app.get(Database).ping()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
