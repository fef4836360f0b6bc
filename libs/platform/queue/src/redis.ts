import { AppError } from '@modelyard/platform-errors';
import type { Logger } from '@modelyard/platform-observability';
import { Redis } from 'ioredis';

/** All keys of all queues lie under it; the braces keep them in one slot of a Redis cluster. */
export const KEY_PREFIX = '{modelyard}';

/** - `fail-fast`: a command fails when Redis is away. - `patient`: it waits until Redis is back. */
export type Patience = 'fail-fast' | 'patient';

const OPTIONS = {
  'fail-fast': { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5_000 },
  patient: { enableOfflineQueue: true, maxRetriesPerRequest: null },
} as const satisfies Record<Patience, object>;

/** Reconnects for ever; a lost connection is logged once, and once when it is back. */
export function openRedis(url: string, patience: Patience, logger: Logger): Redis {
  const redis = new Redis(url, {
    ...OPTIONS[patience],
    connectTimeout: 5_000,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(50 * times, 1_000),
  });
  let down = false;
  redis.on('error', (error: Error) => {
    if (!down) logger.warn({ err: error }, 'Redis cannot be reached; trying again');
    down = true;
  });
  redis.on('ready', () => {
    if (down) logger.info({}, 'Redis is back');
    down = false;
  });
  return redis;
}

/** Waits for the first connection, for a short while: a service may start before Redis does. */
export async function whenReady(redis: Redis, waitMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, waitMs)));
  const ready = new Promise<void>((resolve) => redis.once('ready', () => resolve()));
  await Promise.race([ready, late]);
  clearTimeout(timer);
}

const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|Connection is closed|isn't writeable|max retries per request|Command timed out|Stream connection ended|LOADING|MASTERDOWN|READONLY|CLUSTERDOWN/;

/** Redis being away or not ready is `DEPENDENCY_UNAVAILABLE`; anything else comes back as it is. */
export function mapRedisError(error: unknown): unknown {
  const said = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  if (!UNREACHABLE.test(said)) return error;
  return new AppError('DEPENDENCY_UNAVAILABLE', 'The queue cannot be reached.', {
    retryAfterSeconds: 1,
    cause: error,
  });
}
