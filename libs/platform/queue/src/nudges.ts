import type { Logger } from '@modelyard/platform-observability';
import type { Redis } from 'ioredis';
import { openRedis, whenReady } from './redis';

type Heard = (message: string) => void;

const FIRST_CONNECTION_MS = 2_000;

/**
 * Redis's pub/sub: at most once, to whoever listens just now. It makes things quick, never right: whoever listens
 * also polls. Nothing here throws; a lost nudge is logged.
 */
export class Nudges {
  private publisher: Redis | undefined;
  private subscriber: Redis | undefined;
  private readonly listeners = new Map<string, Set<Heard>>();

  constructor(
    private readonly redisUrl: string,
    private readonly logger: Logger,
  ) {}

  async publish(channel: string, message: string): Promise<void> {
    try {
      this.publisher ??= openRedis(this.redisUrl, 'fail-fast', this.logger);
      if (this.publisher.status === 'connecting') await whenReady(this.publisher, FIRST_CONNECTION_MS);
      await this.publisher.publish(channel, message);
    } catch (error) {
      this.logger.debug({ err: error, channel }, 'a nudge was lost');
    }
  }

  /**
   * Resolves when the channel is heard, or, with Redis away, after two seconds; it is heard then once Redis is back.
   *
   * @returns a function that ends the subscription
   */
  async subscribe(channel: string, heard: Heard): Promise<() => Promise<void>> {
    const listeners = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, listeners.add(heard));
    const redis = this.openSubscriber();
    const subscribed = redis.subscribe(channel).catch((error: unknown) => {
      this.logger.debug({ err: error, channel }, 'a subscription failed');
    });
    await whenReady(redis, FIRST_CONNECTION_MS);
    if (redis.status === 'ready') await subscribed;
    return async () => {
      listeners.delete(heard);
      if (listeners.size > 0) return;
      this.listeners.delete(channel);
      if (redis.status === 'ready') await redis.unsubscribe(channel).catch(() => {});
    };
  }

  close(): Promise<void> {
    this.publisher?.disconnect();
    this.subscriber?.disconnect();
    return Promise.resolve();
  }

  private openSubscriber(): Redis {
    if (this.subscriber !== undefined) return this.subscriber;
    this.subscriber = openRedis(this.redisUrl, 'patient', this.logger);
    this.subscriber.on('message', (channel: string, message: string) => {
      for (const heard of this.listeners.get(channel) ?? []) {
        try {
          heard(message);
        } catch (error) {
          this.logger.error({ err: error, channel }, 'a listener of a nudge failed');
        }
      }
    });
    return this.subscriber;
  }
}
