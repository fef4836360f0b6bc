import { Redis } from 'ioredis';
import { sharedServiceUrl } from './shared-service';

export interface TestRedis {
  url: string;
  /** Loses all that the database holds. */
  empty(): Promise<void>;
  /** Empties the database and gives it back. */
  drop(): Promise<void>;
}

/** A suite that is killed never drops its database; after this time another may have it. */
const CLAIM_SECONDS = 900;

/**
 * Claims a database of its own on the Redis that the tests share. Keys are isolated from other suites; pub/sub
 * channels are not (Redis has one space of channels), so tests of those listen for names of their own.
 */
export async function createTestRedis(): Promise<TestRedis> {
  const shared = sharedServiceUrl('MODELYARD_TEST_REDIS_URL');
  const index = await withRedis(shared, claimDatabase);
  const url = new URL(shared);
  url.pathname = `/${index}`;
  const empty = async (): Promise<void> => {
    await withRedis(url.href, (redis) => redis.flushdb());
  };
  await empty();
  return {
    url: url.href,
    empty,
    drop: async () => {
      await empty();
      await withRedis(shared, (redis) => redis.del(claimKey(index)));
    },
  };
}

async function claimDatabase(redis: Redis): Promise<number> {
  const [, count] = (await redis.config('GET', 'databases')) as [string, string];
  for (let index = 1; index < Number(count); index += 1) {
    if ((await redis.set(claimKey(index), '1', 'EX', CLAIM_SECONDS, 'NX')) === 'OK') return index;
  }
  throw new Error(`All ${count} databases of the tests' Redis are claimed.`);
}

const claimKey = (index: number): string => `modelyard:test-database:${index}`;

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 2 });
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}
