import type { Caller, TrainingJob } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { RunRepository } from '../runs/run.repository';
import { EndTrainingJob } from '../training-jobs/end-training-job';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';
import { endedAlready } from './ended-already';

@Injectable()
export class FailTraining {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly runs: RunRepository,
    private readonly end: EndTrainingJob,
  ) {}

  /**
   * Ends the job as failed, or puts it back to `queued` when another attempt may help.
   * @throws AppError NOT_FOUND, or CONFLICT when the job has succeeded or was cancelled
   */
  execute(id: string, failure: { error: string; retriable: boolean }, caller: Caller): Promise<TrainingJob> {
    return this.work.transaction(async () => {
      const { job } = await this.jobs.hold(id);
      if (job.status === 'failed') return job;
      if (hasEnded(job)) throw endedAlready(job);
      if (!failure.retriable) return this.end.execute(id, { status: 'failed', error: failure.error }, caller);
      if (job.status === 'queued' && job.error === failure.error) return job;
      await this.jobs.change(id, { status: 'queued', error: failure.error });
      await this.runs.change(id, { status: 'scheduled', statusMessage: failure.error });
      await this.jobs.addEvent(id, 'status', {
        status: 'queued',
        attempt: job.attempt,
        error: failure.error,
      });
      return this.jobs.require(id);
    });
  }
}
