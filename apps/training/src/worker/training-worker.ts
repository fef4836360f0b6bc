import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { JobWorkers, Nudges } from '@modelyard/platform-queue';
import { TrainingConfig } from '../training.config';
import { ActiveSessions } from '../supervision/active-sessions';
import { ExecuteTraining } from './execute-training';

/** Quick on purpose: a killed worker's training goes on elsewhere within some 15 seconds. */
const LOCK_DURATION_MS = 10_000;
const STALLED_INTERVAL_MS = 5_000;

/** Takes the jobs of the `training` queue. */
@Injectable()
export class TrainingWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private subscription: Promise<() => Promise<void>> | undefined;

  constructor(
    private readonly config: TrainingConfig,
    private readonly workers: JobWorkers,
    private readonly nudges: Nudges,
    private readonly sessions: ActiveSessions,
    private readonly training: ExecuteTraining,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // Not awaited: the service starts without Redis too, and the polls see a cancel as well.
    this.subscription = this.nudges.subscribe(NUDGE_CHANNELS.cancel, (jobId) => this.sessions.poll(jobId));
    await this.workers.start(
      'training',
      { train: ({ trainingJobId }, delivery) => this.training.execute(trainingJobId, delivery) },
      {
        concurrency: this.config.trainingConcurrency,
        lockDurationMs: LOCK_DURATION_MS,
        stalledIntervalMs: STALLED_INTERVAL_MS,
      },
    );
  }

  async onModuleDestroy(): Promise<void> {
    const unsubscribe = await this.subscription;
    await unsubscribe?.();
  }
}
