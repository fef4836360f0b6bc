import { isDeepStrictEqual } from 'node:util';
import type { ProgressResponse, TrainingProgressReport } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { toWireValues } from '../runs/metric-value';
import { RunLog } from '../runs/run-log';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';
import { endedAlready } from './ended-already';

@Injectable()
export class ReportProgress {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly log: RunLog,
  ) {}

  /**
   * Keeps what a worker reports. An epoch that is trained again, after a worker died, takes the place of its first try.
   * @throws AppError NOT_FOUND, or CONFLICT when the job has ended
   */
  execute(
    id: string,
    { progress, metrics, params, tags }: TrainingProgressReport,
  ): Promise<ProgressResponse> {
    return this.work.transaction(async () => {
      const { job } = await this.jobs.hold(id);
      if (hasEnded(job)) throw endedAlready(job);
      if (metrics.length > 0) await this.log.replaceMetrics(id, metrics);
      if (Object.keys(params).length > 0) await this.log.replaceParams(id, params);
      if (Object.keys(tags).length > 0) await this.log.setTags(id, tags);
      if (progress !== undefined) {
        const told = { ...progress, metrics: toWireValues(progress.metrics) };
        const repeated = isDeepStrictEqual(job.progress, { ...told });
        if (!repeated) {
          await this.jobs.change(id, { progress: told });
          await this.jobs.addEvent(id, 'progress', told);
        }
      }
      return { cancelRequested: job.cancelRequested };
    });
  }
}
