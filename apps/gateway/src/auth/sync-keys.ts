import { HealthRegistry, Logger } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { GatewayConfig } from '../gateway.config';
import { ApiKeySource } from './api-key-source';
import { KeyRing } from './key-ring';

/** An unknown key may be a new one, and asks for a look at once; a flood of them asks no more often than this. */
const UNKNOWN_KEY_PAUSE_MS = 250;

/** Keeps the key ring in step with the registry. While the registry is away, the keys that are known go on working. */
@Injectable()
export class SyncKeys implements OnApplicationBootstrap, OnApplicationShutdown {
  private etag: string | undefined;
  private refreshing: Promise<void> | undefined;
  private refreshedAt = -Infinity;
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private hasSynced = false;

  constructor(
    private readonly source: ApiKeySource,
    private readonly ring: KeyRing,
    private readonly config: GatewayConfig,
    private readonly health: HealthRegistry,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.health.addReadiness('the API keys are not known yet', () => this.hasSynced);
    void this.tick();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.refreshing;
  }

  /** Whether the keys were ever heard of; before that, nobody can be let in or turned away. */
  get synced(): boolean {
    return this.hasSynced;
  }

  /** Looks again because of a key that is not known, unless that was done a moment ago. */
  async refreshForUnknownKey(): Promise<void> {
    if (performance.now() - this.refreshedAt < UNKNOWN_KEY_PAUSE_MS) return this.refreshing;
    return this.refresh();
  }

  /** Looks again because the keys have just changed: a look that is under way may have come too early to see it. */
  async refreshAfterWrite(): Promise<void> {
    await this.refreshing;
    return this.refresh();
  }

  private async tick(): Promise<void> {
    await this.refresh();
    if (!this.stopped) this.timer = setTimeout(() => void this.tick(), this.config.keysPollMs);
  }

  /** Never rejects. */
  private refresh(): Promise<void> {
    this.refreshing ??= this.fetch().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async fetch(): Promise<void> {
    this.refreshedAt = performance.now();
    try {
      const answer = await this.source.fetch(this.etag);
      if (answer !== undefined) {
        this.ring.replace(answer.keys);
        this.etag = answer.etag;
      }
      if (this.failures > 0) this.logger.info({}, 'API keys are in step again');
      this.failures = 0;
      this.hasSynced = true;
    } catch (error) {
      this.failures += 1;
      if (this.failures === 1)
        this.logger.warn({ err: error }, 'API keys cannot be fetched; those known go on working');
    }
  }
}
