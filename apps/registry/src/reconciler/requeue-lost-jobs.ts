import { JobProducer } from '@modelyard/platform-queue';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../sources/clock';
import { EndTrainingJob } from '../training-jobs/end-training-job';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';
import { RECONCILER } from './reconciler-caller';
import type { OpenWork } from './requeue-lost';
import { givenUp, requeueLost, SETTLE_MS } from './requeue-lost';

const BATCH = 500;

@Injectable()
export class RequeueLostJobs {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly end: EndTrainingJob,
    private readonly producer: JobProducer,
    private readonly clock: Clock,
  ) {}

  /** Gives the queue the training jobs again that it has lost. @returns their ids */
  execute(settleMs = SETTLE_MS, batch = BATCH): Promise<string[]> {
    const { jobs, producer } = this;
    return requeueLost(
      {
        open: (before, limit, after) => jobs.open(before, limit, after),
        state: (id) => producer.state('training', id),
        remove: (id) => producer.remove('training', id),
        add: ({ id, requestId }) =>
          producer.add('training', 'train', { trainingJobId: id, requestId }, { jobId: id }),
        giveUp: (job) => this.giveUp(job),
      },
      this.clock.now() - settleMs,
      batch,
    );
  }

  private giveUp(open: OpenWork): Promise<void> {
    return this.work.transaction(async () => {
      const { job } = await this.jobs.hold(open.id);
      if (!hasEnded(job))
        await this.end.execute(job.id, { status: 'failed', error: givenUp(open) }, RECONCILER);
    });
  }
}
