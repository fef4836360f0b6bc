import type { TrainingCheckpoint } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';
import { endedAlready } from './ended-already';

@Injectable()
export class KeepCheckpoint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
  ) {}

  /**
   * Remembers where the next attempt goes on. One that comes late does not take the place of a later epoch's.
   * @throws AppError NOT_FOUND, or CONFLICT when the job has ended
   */
  execute(id: string, checkpoint: TrainingCheckpoint): Promise<void> {
    return this.work.transaction(async () => {
      const { job, checkpoint: known } = await this.jobs.hold(id);
      if (hasEnded(job)) throw endedAlready(job);
      if (known !== undefined && known.epoch > checkpoint.epoch) return;
      await this.jobs.change(id, { checkpoint });
    });
  }
}
