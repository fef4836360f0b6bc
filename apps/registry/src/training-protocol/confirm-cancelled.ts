import type { Caller, TrainingJob } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { EndTrainingJob } from '../training-jobs/end-training-job';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';
import { endedAlready } from './ended-already';

@Injectable()
export class ConfirmCancelled {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly end: EndTrainingJob,
  ) {}

  /** The worker has stopped. @throws AppError NOT_FOUND, or CONFLICT when the job has succeeded or failed */
  execute(id: string, caller: Caller): Promise<TrainingJob> {
    return this.work.transaction(async () => {
      const { job } = await this.jobs.hold(id);
      if (job.status === 'cancelled') return job;
      if (hasEnded(job)) throw endedAlready(job);
      return this.end.execute(id, { status: 'cancelled' }, caller);
    });
  }
}
