import { Database } from '@modelyard/platform-database';
import { Shutdown } from '@modelyard/platform-service';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { EVENTS_CHANNEL } from './drizzle-training-job.repository';

/** Rings when a job has a new event, on whichever replica it was written. It may miss one: listeners also poll. */
@Injectable()
export class EventBell implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly waiting = new Map<string, Set<() => void>>();
  private unlisten: (() => Promise<void>) | undefined;

  constructor(
    private readonly database: Database,
    private readonly shutdown: Shutdown,
  ) {}

  onApplicationBootstrap(): void {
    this.shutdown.signal.addEventListener('abort', () => this.ring(undefined), { once: true });
    void this.database
      .listen(EVENTS_CHANNEL, (jobId) => this.ring(jobId))
      .then((unlisten) => (this.unlisten = unlisten));
  }

  async onModuleDestroy(): Promise<void> {
    await this.unlisten?.();
  }

  /** Streams that never end by themselves end with the service; clients go on with another replica. */
  get isStopping(): boolean {
    return this.shutdown.signal.aborted;
  }

  /** @param jobId undefined when everyone shall look: something may have been missed, or the service stops */
  ring(jobId: string | undefined): void {
    const rung = jobId === undefined ? [...this.waiting.values()] : [this.waiting.get(jobId) ?? []];
    for (const wakes of rung) for (const wake of wakes) wake();
  }

  /** @returns a function that ends the listening */
  listen(jobId: string, wake: () => void): () => void {
    const wakes = this.waiting.get(jobId) ?? new Set();
    this.waiting.set(jobId, wakes.add(wake));
    return () => {
      wakes.delete(wake);
      if (wakes.size === 0) this.waiting.delete(jobId);
    };
  }
}
