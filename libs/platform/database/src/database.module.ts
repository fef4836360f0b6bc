import { HealthRegistry, Logger } from '@modelyard/platform-observability';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Database } from './database';
import { DatabaseHealth } from './database.health';
import { migrate } from './migrate';
import { Outbox } from './outbox/outbox';
import { OutboxRelay } from './outbox/outbox-relay';

export interface DatabaseModuleOptions {
  url: string;
  poolSize: number;
  /** The app's folder of generated migrations. */
  migrations: string;
}

/** Brings the database up to date before the application starts, and gives it `Database`, `Outbox` and `OutboxRelay`. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static of(options: DatabaseModuleOptions): DynamicModule {
    const database = {
      provide: Database,
      inject: [Logger, HealthRegistry],
      useFactory: async (logger: Logger, health: HealthRegistry) => {
        await migrate({ url: options.url, folder: options.migrations, logger });
        const opened = new Database({ url: options.url, poolSize: options.poolSize, logger });
        health.add(new DatabaseHealth(opened));
        return opened;
      },
    };
    return {
      module: DatabaseModule,
      global: true,
      providers: [database, Outbox, OutboxRelay],
      exports: [Database, Outbox, OutboxRelay],
    };
  }

  /** Last of all: jobs and requests that are being finished still need it. */
  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}
