import type { DatasetImportEvent, TrainingJobEvent } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { EventBell } from './event-bell';

export type FollowedEvent = TrainingJobEvent | DatasetImportEvent;

/** Whose events are followed. */
export interface Followed {
  hasEnded(id: string): Promise<boolean>;
  /** Events numbered above `after`, in order. */
  eventsAfter(id: string, after: number, limit: number): Promise<FollowedEvent[]>;
}

/** The bell may be missed, so the events are looked for at least this often. */
const POLL_MS = 2_000;
/** Proxies cut connections that are silent for longer than half a minute or so. */
const HEARTBEAT_MS = 15_000;
const BATCH = 200;
const END_STATUSES = ['succeeded', 'failed', 'cancelled'];

@Injectable()
export class FollowEvents {
  constructor(private readonly bell: EventBell) {}

  /**
   * The events numbered above `after`, as they come, until the one that ends the job; `heartbeat` when there was
   * nothing for a while. A job that failed and was tried again goes on. It ends early when the service stops; clients
   * go on with another replica. The database may go away meanwhile: the events follow when it is back.
   */
  async *execute(followed: Followed, id: string, after: number): AsyncGenerator<FollowedEvent | 'heartbeat'> {
    const wait = new Waiting();
    const unlisten = this.bell.listen(id, () => wait.wake());
    try {
      let last = after;
      let lastSentAt = performance.now();
      while (!this.bell.isStopping) {
        const { events, ended } = await look(followed, id, last);
        for (const event of events) {
          yield event;
          last = event.seq;
        }
        const full = events.length === BATCH;
        if (ended && !full) return;
        const now = performance.now();
        if (events.length > 0) lastSentAt = now;
        else if (now - lastSentAt >= HEARTBEAT_MS) {
          yield 'heartbeat';
          lastSentAt = now;
        }
        if (!full && !isEnd(events.at(-1))) await wait.forAtMost(POLL_MS);
      }
    } finally {
      unlisten();
    }
  }
}

async function look(
  followed: Followed,
  id: string,
  last: number,
): Promise<{ events: FollowedEvent[]; ended: boolean }> {
  try {
    // Whether it ended is asked first: an event that ends it after the question is found by the next look.
    const ended = await followed.hasEnded(id);
    return { events: await followed.eventsAfter(id, last, BATCH), ended };
  } catch (error) {
    if (error instanceof AppError && error.code === 'DEPENDENCY_UNAVAILABLE')
      return { events: [], ended: false };
    throw error;
  }
}

/** After it the next look says that all is told, unless somebody tries again. */
function isEnd(event: FollowedEvent | undefined): boolean {
  return event?.type === 'status' && END_STATUSES.some((status) => status === event.data['status']);
}

/** Waits to be woken. A wake that comes before the wait is not lost. */
class Waiting {
  private woken = false;
  private resolve: (() => void) | undefined;

  wake(): void {
    this.woken = true;
    this.resolve?.();
  }

  async forAtMost(ms: number): Promise<void> {
    if (!this.woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.woken = false;
    this.resolve = undefined;
  }
}
