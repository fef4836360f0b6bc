import { AppError } from '@modelyard/platform-errors';
import { Logger } from '@modelyard/platform-observability';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { RegistryConfig } from '../registry.config';
import { Clock } from '../sources/clock';
import { RequeueLostImports } from './requeue-lost-imports';
import { RequeueLostJobs } from './requeue-lost-jobs';
import { Sweep } from './sweep';

const SWEEP_EVERY_MS = 60_000;

/** Every few seconds, puts right what drifted apart. Every replica does: all of it may be done twice. */
@Injectable()
export class KeepReconciled implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private sweptAt = 0;

  constructor(
    private readonly jobs: RequeueLostJobs,
    private readonly imports: RequeueLostImports,
    private readonly sweep: Sweep,
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
    // One that fails does not keep the others from their work.
    await this.attempt(() => this.requeue());
    await this.attempt(() => this.tidy());
  }

  private async requeue(): Promise<void> {
    const jobs = await this.jobs.execute();
    if (jobs.length > 0) this.logger.warn({ jobs }, 'training jobs that the queue had lost were added again');
    const imports = await this.imports.execute();
    if (imports.length > 0) this.logger.warn({ imports }, 'imports that the queue had lost were added again');
  }

  private async tidy(): Promise<void> {
    if (this.clock.now() - this.sweptAt < SWEEP_EVERY_MS) return;
    this.sweptAt = this.clock.now();
    const swept = await this.sweep.execute();
    if (Object.values(swept).some((count) => count > 0))
      this.logger.info({ swept }, 'uploads, checkpoints and content that nobody needs were removed');
  }

  private async attempt(what: () => Promise<void>): Promise<void> {
    try {
      await what();
    } catch (error) {
      // Redis or PostgreSQL is away: the next round comes soon, and readiness tells people.
      if (error instanceof AppError && error.code === 'DEPENDENCY_UNAVAILABLE') return;
      this.logger.error({ err: error }, 'reconciling failed');
    }
  }
}
