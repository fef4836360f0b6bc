import { Database } from '@modelyard/platform-database';
import { Shutdown } from '@modelyard/platform-service';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable } from '@nestjs/common';

/** `NOTIFY` carries the id of the training job or the import that has a new event. */
export const EVENTS_CHANNEL = 'modelyard_events';

/** Rings when a job or an import has a new event, on whichever replica it was written. It may miss one: listeners also poll. */
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
      .listen(EVENTS_CHANNEL, (id) => this.ring(id))
      .then((unlisten) => (this.unlisten = unlisten));
  }

  async onModuleDestroy(): Promise<void> {
    await this.unlisten?.();
  }

  /** Streams that never end by themselves end with the service; clients go on with another replica. */
  get isStopping(): boolean {
    return this.shutdown.signal.aborted;
  }

  /** @param id undefined when everyone shall look: something may have been missed, or the service stops */
  ring(id: string | undefined): void {
    const rung = id === undefined ? [...this.waiting.values()] : [this.waiting.get(id) ?? []];
    for (const wakes of rung) for (const wake of wakes) wake();
  }

  /** @returns a function that ends the listening */
  listen(id: string, wake: () => void): () => void {
    const wakes = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, wakes.add(wake));
    return () => {
      wakes.delete(wake);
      if (wakes.size === 0) this.waiting.delete(id);
    };
  }
}
