import type { Caller, SucceedTraining as Success, TrainingJob, TrainingResult } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { PackageFiles } from '../model-versions/package-files';
import { EndTrainingJob } from '../training-jobs/end-training-job';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';
import { endedAlready } from './ended-already';
import { KeepResult } from './keep-result';

@Injectable()
export class SucceedTraining {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly packages: PackageFiles,
    private readonly keep: KeepResult,
    private readonly end: EndTrainingJob,
  ) {}

  /**
   * Logs the result, registers the version and ends job and run, in one transaction. The job's row is locked first, so
   * of several calls one does it and the others find it done.
   * A cancellation that was asked for wins: whoever was told that the job will be cancelled finds no version of it.
   * @throws AppError NOT_FOUND, or CONFLICT when the job has failed or was cancelled, or the package is not complete
   */
  async execute(id: string, success: Success, at: number, caller: Caller): Promise<TrainingJob> {
    const known = await this.jobs.require(id);
    if (!hasEnded(known) && success.register !== undefined) {
      await this.packages.requireComplete(success.register.package);
    }
    return this.work.transaction(async () => {
      const { job } = await this.jobs.hold(id);
      if (job.status === 'succeeded') return job;
      if (hasEnded(job)) throw endedAlready(job);
      if (job.cancelRequested) return this.end.execute(id, { status: 'cancelled' }, caller);
      const result: TrainingResult = await this.keep.execute(job, success, at, caller);
      return this.end.execute(id, { status: 'succeeded', result }, caller);
    });
  }
}
