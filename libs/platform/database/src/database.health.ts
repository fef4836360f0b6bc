import { HealthCheck } from '@modelyard/platform-observability';
import type { Database } from './database';

export class DatabaseHealth extends HealthCheck {
  readonly name = 'postgres';

  constructor(private readonly database: Database) {
    super();
  }

  check(): Promise<void> {
    return this.database.ping();
  }
}
