import type { Caller, StartTrainingResponse } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetRepository } from '../datasets/dataset.repository';
import { RunRepository } from '../runs/run.repository';
import { EndTrainingJob } from '../training-jobs/end-training-job';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';

@Injectable()
export class StartTraining {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly runs: RunRepository,
    private readonly datasets: DatasetRepository,
    private readonly end: EndTrainingJob,
  ) {}

  /**
   * A worker has taken the job from the queue. `skip` when there is nothing left to do: it has ended, or its
   * cancellation was asked for and there was no worker to obey.
   * @throws AppError NOT_FOUND
   */
  execute(id: string, at: number, caller: Caller): Promise<StartTrainingResponse> {
    return this.work.transaction(async () => {
      const { job, checkpoint } = await this.jobs.hold(id);
      const datasetVersion = await this.datasets.requireVersion(job.dataset.name, job.dataset.version);
      if (hasEnded(job)) return { decision: 'skip', job, datasetVersion };
      if (job.cancelRequested) {
        const cancelled = await this.end.execute(id, { status: 'cancelled' }, caller);
        return { decision: 'skip', job: cancelled, datasetVersion };
      }
      const attempt = job.attempt + 1;
      const firstStart = job.startedAt === undefined ? { startedAt: at } : {};
      await this.jobs.change(id, { status: 'running', attempt, error: null, ...firstStart });
      await this.runs.change(id, { status: 'running', statusMessage: null, ...firstStart });
      await this.jobs.addEvent(id, 'status', { status: 'running', attempt });
      const started = await this.jobs.require(id);
      return {
        decision: 'run',
        job: started,
        datasetVersion,
        ...(checkpoint === undefined ? {} : { checkpoint }),
      };
    });
  }
}
