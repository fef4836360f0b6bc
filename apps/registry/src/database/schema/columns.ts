import type { PgBigInt53BuilderInitial } from 'drizzle-orm/pg-core';
import { bigint, customType } from 'drizzle-orm/pg-core';

/** A moment in milliseconds since the epoch: what MLflow's clients send and expect, and free of time zones. */
export function millis(name: string): PgBigInt53BuilderInitial<string> {
  return bigint(name, { mode: 'number' });
}

/** A UUID that the API writes as 32 hex digits. PostgreSQL keeps it in 16 bytes and reads it in either form. */
export const hexId = customType<{ data: string; driverData: string }>({
  dataType: () => 'uuid',
  fromDriver: (value) => value.replaceAll('-', ''),
});
