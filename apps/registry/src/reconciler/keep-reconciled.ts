import { AppError } from '@modelyard/platform-errors';
import { Logger } from '@modelyard/platform-observability';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { StoredAnswers } from '../idempotency/stored-answers';
import { RegistryConfig } from '../registry.config';
import { Clock } from '../sources/clock';
import { RequeueLostJobs } from './requeue-lost-jobs';

const ANSWERS_KEPT_MS = 24 * 3600_000;
const FORGET_EVERY_MS = 3600_000;

/** Every few seconds, puts right what drifted apart. Every replica does: all of it may be done twice. */
@Injectable()
export class KeepReconciled implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private forgotAt = 0;

  constructor(
    private readonly requeue: RequeueLostJobs,
    private readonly answers: StoredAnswers,
    private readonly clock: Clock,
    private readonly config: RegistryConfig,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.once().finally(() => this.schedule());
    }, this.config.reconcileIntervalMs);
  }

  private async once(): Promise<void> {
    try {
      const requeued = await this.requeue.execute();
      if (requeued.length > 0)
        this.logger.warn({ jobs: requeued }, 'training jobs that the queue had lost were added again');
      if (this.clock.now() - this.forgotAt > FORGET_EVERY_MS) {
        await this.answers.forget(this.clock.now() - ANSWERS_KEPT_MS);
        this.forgotAt = this.clock.now();
      }
    } catch (error) {
      // Redis or PostgreSQL is away: the next round comes soon, and readiness tells people.
      if (error instanceof AppError && error.code === 'DEPENDENCY_UNAVAILABLE') return;
      this.logger.error({ err: error }, 'reconciling failed');
    }
  }
}
