import type { TrainingJobEvent } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { EventBell } from './event-bell';
import { ENDED_STATUSES, hasEnded, TrainingJobRepository } from './training-job.repository';

/** The bell may be missed, so the events are looked for at least this often. */
const POLL_MS = 2_000;
/** Proxies cut connections that are silent for longer than half a minute or so. */
const HEARTBEAT_MS = 15_000;
const BATCH = 200;

@Injectable()
export class FollowTrainingJob {
  constructor(
    private readonly jobs: TrainingJobRepository,
    private readonly bell: EventBell,
  ) {}

  /**
   * The job's events numbered above `after`, as they come, until the one that ends the job; `heartbeat` when there was
   * nothing for a while. It ends early when the service stops; clients go on with another replica. The database may go away meanwhile: the events follow when it is back.
   */
  async *execute(jobId: string, after: number): AsyncGenerator<TrainingJobEvent | 'heartbeat'> {
    const wait = new Waiting();
    const unlisten = this.bell.listen(jobId, () => wait.wake());
    try {
      let last = after;
      let lastSentAt = performance.now();
      while (!this.bell.isStopping) {
        const { events, ended } = await this.look(jobId, last);
        for (const event of events) {
          yield event;
          last = event.seq;
          if (isEnd(event)) return;
        }
        if (ended && events.length === 0) return;
        const now = performance.now();
        if (events.length > 0) lastSentAt = now;
        else if (now - lastSentAt >= HEARTBEAT_MS) {
          yield 'heartbeat';
          lastSentAt = now;
        }
        if (events.length < BATCH) await wait.forAtMost(POLL_MS);
      }
    } finally {
      unlisten();
    }
  }

  private async look(jobId: string, last: number): Promise<{ events: TrainingJobEvent[]; ended: boolean }> {
    try {
      // Whether it ended is asked first: an event that ends it after the question is found by the next look.
      const ended = hasEnded(await this.jobs.require(jobId));
      return { events: await this.jobs.eventsAfter(jobId, last, BATCH), ended };
    } catch (error) {
      if (error instanceof AppError && error.code === 'DEPENDENCY_UNAVAILABLE')
        return { events: [], ended: false };
      throw error;
    }
  }
}

function isEnd({ type, data }: TrainingJobEvent): boolean {
  return type === 'status' && ENDED_STATUSES.some((status) => status === data['status']);
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
