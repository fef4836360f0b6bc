export { createTestDatabase } from './test-database';
export type { TestDatabase } from './test-database';
export { createTestRedis } from './test-redis';
export type { TestRedis } from './test-redis';
export { startPostgresServer, startRedisServer } from './own-server';
export type { OwnServer } from './own-server';
export { eventually } from './eventually';
