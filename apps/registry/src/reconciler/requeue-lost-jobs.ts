import type { Caller } from '@modelyard/contracts';
import { JobProducer } from '@modelyard/platform-queue';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../sources/clock';
import { EndTrainingJob } from '../training-jobs/end-training-job';
import type { OpenJob } from '../training-jobs/training-job.repository';
import { hasEnded, TrainingJobRepository } from '../training-jobs/training-job.repository';

/** A job that has just changed is still on its way through the outbox, or between worker and registry. */
const SETTLE_MS = 5_000;
const BATCH = 500;
/** A job that ends every worker it gets, without a word, is not given to workers for ever. */
export const MAX_ATTEMPTS = 20;
const RECONCILER: Caller = { id: 'service:registry', name: 'registry', role: 'admin', kind: 'service' };

/** The database is the truth, the queue a hint: what the database has accepted, the queue gets again if it lost it. */
@Injectable()
export class RequeueLostJobs {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: TrainingJobRepository,
    private readonly end: EndTrainingJob,
    private readonly producer: JobProducer,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds every open job that the queue does not know, or takes for ended, to the queue again. Harmless for a job that
   * ends meanwhile: its worker is told to skip it.
   * @returns the ids of the jobs that were added
   */
  async execute(settleMs = SETTLE_MS, batch = BATCH): Promise<string[]> {
    const before = this.clock.now() - settleMs;
    const requeued: string[] = [];
    let jobs = await this.jobs.open(before, batch);
    while (jobs.length > 0) {
      for (const job of jobs) if (await this.requeue(job)) requeued.push(job.id);
      jobs = jobs.length < batch ? [] : await this.jobs.open(before, batch, jobs.at(-1)?.id);
    }
    return requeued;
  }

  private async requeue(job: OpenJob): Promise<boolean> {
    const state = await this.producer.state('training', job.id);
    if (state === 'waiting' || state === 'active' || state === 'delayed') return false;
    if (job.attempt >= MAX_ATTEMPTS) {
      await this.giveUp(job);
      return false;
    }
    if (state !== 'missing') await this.producer.remove('training', job.id);
    const payload = { trainingJobId: job.id, requestId: job.requestId };
    await this.producer.add('training', 'train', payload, { jobId: job.id });
    return true;
  }

  private giveUp({ id, attempt }: OpenJob): Promise<void> {
    return this.work.transaction(async () => {
      const { job } = await this.jobs.hold(id);
      if (hasEnded(job)) return;
      const error = `Given up after ${attempt} attempts, each of which ended without saying why.`;
      await this.end.execute(id, { status: 'failed', error }, RECONCILER);
    });
  }
}
