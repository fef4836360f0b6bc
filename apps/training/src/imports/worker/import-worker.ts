import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { JobWorkers, Nudges } from '@modelyard/platform-queue';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { ActiveSessions } from '../../supervision/active-sessions';
import { TrainingConfig } from '../../training.config';
import { ExecuteImport } from './execute-import';
import { ScratchFolders } from './scratch-folders';

/** Takes the jobs of the `imports` queue. */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private subscription: Promise<() => Promise<void>> | undefined;

  constructor(
    private readonly config: TrainingConfig,
    private readonly workers: JobWorkers,
    private readonly nudges: Nudges,
    private readonly sessions: ActiveSessions,
    private readonly imports: ExecuteImport,
    private readonly folders: ScratchFolders,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.folders.sweep();
    if (this.config.importConcurrency === 0) return;
    this.subscription = this.nudges.subscribe(NUDGE_CHANNELS.cancel, (id) => this.sessions.poll(id));
    await this.workers.start(
      'imports',
      { 'import-dataset': ({ importId }, delivery) => this.imports.execute(importId, delivery) },
      { concurrency: this.config.importConcurrency },
    );
  }

  async onModuleDestroy(): Promise<void> {
    const unsubscribe = await this.subscription;
    await unsubscribe?.();
  }
}
