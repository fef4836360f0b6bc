import type { JobContext } from '@modelyard/platform-queue';
import { PermanentJobError } from '@modelyard/platform-queue';
import type { JobResult, StartTrainingResponse } from '@modelyard/contracts';
import { assign } from './assign';
import type { AssignmentOptions } from './assign';
import type { ActiveSessions } from '../supervision/active-sessions';
import { CheckpointShelf } from './checkpoint-shelf';
import type { SessionParts, TrainingEnd } from './training-session';
import { TrainingSession } from './training-session';
import type { BlobStore } from '@modelyard/platform-blobs';

type Delivery = Pick<JobContext, 'lastAttempt' | 'signal' | 'jobId'>;
type Result = JobResult<'training', 'train'>;

export interface ExecuteTrainingParts extends Omit<SessionParts, 'shelf'> {
  sessions: ActiveSessions;
  blobs: Pick<BlobStore, 'delete'>;
  assignment: AssignmentOptions;
}

/**
 * Takes one delivery of a training job to its end, and tells the registry how it ended. The registry decides whether
 * there is anything to do, so a job that is delivered twice runs once.
 */
export class ExecuteTraining {
  constructor(private readonly parts: ExecuteTrainingParts) {}

  /**
   * @throws PermanentJobError when the training failed and another attempt would fail too
   * @throws the signal's reason when the queue takes the job away; the training goes on elsewhere
   * @throws Error when another attempt, from the last checkpoint, may succeed
   */
  async execute(jobId: string, delivery: Delivery): Promise<Result> {
    delivery.signal.throwIfAborted();
    const start = await this.parts.registry.start(jobId, delivery.signal);
    if (start.decision === 'skip') return this.skip(start);
    if (start.job.cancelRequested) return this.conclude(jobId, { kind: 'cancelled' }, delivery);

    const shelf = new CheckpointShelf(this.parts.blobs, this.parts.logger);
    if (start.checkpoint !== undefined) shelf.stored(start.checkpoint.sha256);
    const end = await this.run(start, shelf, delivery);
    try {
      const result = await this.conclude(jobId, end, delivery);
      shelf.clear();
      return result;
    } catch (error) {
      // Any other error leads to another attempt, which goes on from the last checkpoint.
      if (error instanceof PermanentJobError) shelf.clear();
      throw error;
    }
  }

  private async run(
    start: StartTrainingResponse,
    shelf: CheckpointShelf,
    delivery: Delivery,
  ): Promise<TrainingEnd> {
    const { sessions, metrics } = this.parts;
    const session = new TrainingSession({ ...this.parts, shelf }, assign(start, this.parts.assignment));
    const release = sessions.add(start.job.id, session);
    const abort = (): void => session.handBack();
    delivery.signal.addEventListener('abort', abort, { once: true });
    if (delivery.signal.aborted) abort();
    metrics.active.inc();
    try {
      return await session.ended;
    } finally {
      metrics.active.dec();
      delivery.signal.removeEventListener('abort', abort);
      release();
    }
  }

  private async conclude(jobId: string, end: TrainingEnd, delivery: Delivery): Promise<Result> {
    const { registry, metrics, logger } = this.parts;
    switch (end.kind) {
      case 'finished': {
        const status =
          (await registry.succeed(jobId, end.result)) === 'cancelled' ? 'cancelled' : 'succeeded';
        metrics.jobs.inc({ status });
        return { status };
      }
      case 'cancelled':
        await registry.cancelled(jobId);
        metrics.jobs.inc({ status: 'cancelled' });
        return { status: 'cancelled' };
      case 'gone':
        logger.warn(
          { jobId, reason: end.reason },
          'the registry has ended this training; its trainer is stopped',
        );
        metrics.jobs.inc({ status: 'cancelled' });
        return { status: 'cancelled' };
      case 'handed-back':
        metrics.jobs.inc({ status: 'handed_back' });
        delivery.signal.throwIfAborted();
        throw new Error('The trainer handed its training back.');
      case 'failed': {
        const final = end.permanent || delivery.lastAttempt;
        await registry.fail(jobId, end.error, !final);
        metrics.jobs.inc({ status: final ? 'failed' : 'retried' });
        if (final) throw new PermanentJobError(end.error);
        throw new Error(end.error);
      }
    }
  }

  private skip(start: StartTrainingResponse): Result {
    this.parts.metrics.jobs.inc({ status: 'skipped' });
    const { status } = start.job;
    return { status: status === 'succeeded' || status === 'failed' ? status : 'cancelled' };
  }
}
