import type { Caller, TrainingJob } from '@modelyard/contracts';
import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Nudges } from '@modelyard/platform-queue';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { EndTrainingJob } from './end-training-job';
import { TrainingJobRepository } from './training-job.repository';

@Injectable()
export class CancelTrainingJob {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly end: EndTrainingJob,
    private readonly changes: RecordChange,
    private readonly nudges: Nudges,
  ) {}

  /**
   * Ends a job that has not begun; asks the worker of one that runs to stop. A job that was taken from the queue before
   * this was seen is skipped when its worker asks to start it.
   * @throws AppError NOT_FOUND, or CONFLICT when the job has ended otherwise
   */
  execute(id: string, caller: Caller): Promise<TrainingJob> {
    return this.work.transaction(async () => {
      const { job } = await this.jobs.hold(id);
      if (job.status === 'cancelled' || (job.status === 'running' && job.cancelRequested)) return job;
      if (job.status === 'queued') return this.end.execute(id, { status: 'cancelled' }, caller);
      if (job.status !== 'running') {
        throw new AppError(
          'CONFLICT',
          `Training job ${id} has ${job.status} already; there is nothing to cancel.`,
        );
      }
      await this.jobs.change(id, { cancelRequested: true });
      await this.jobs.addEvent(id, 'status', { status: 'running', cancelRequested: true });
      await this.changes.execute({
        action: 'training-job.cancel-requested',
        subject: `training-jobs/${id}`,
        caller,
      });
      this.work.afterCommit(() => void this.nudges.publish(NUDGE_CHANNELS.cancel, id));
      return this.jobs.require(id);
    });
  }
}
