import { requestContext } from '@modelyard/platform-observability';
import type { Job } from 'bullmq';
import { UnrecoverableError, WaitingError } from 'bullmq';
import type { JobContext } from './job-handlers';
import { JobInterruption } from './job-interruption';
import { isPermanent } from './permanent-job-error';

export type AnyHandler = (payload: unknown, context: JobContext) => Promise<unknown>;

/** One execution of one job in this process. */
export class JobRun {
  private readonly controller = new AbortController();

  constructor(
    private readonly job: Job<unknown, unknown>,
    private readonly token: string,
  ) {}

  get jobId(): string {
    return this.job.id ?? '';
  }

  /** Only the first interruption counts. */
  interrupt(reason: JobInterruption): void {
    if (!this.controller.signal.aborted) this.controller.abort(reason);
  }

  /** Runs the handler, and tells BullMQ by what it throws what becomes of the job. */
  async execute(handler: AnyHandler): Promise<unknown> {
    const { job } = this;
    const attempt = job.attemptsMade + 1;
    const context: JobContext = {
      jobId: this.jobId,
      attempt,
      lastAttempt: attempt >= (job.opts.attempts ?? 1),
      signal: this.controller.signal,
      progress: (value) => job.updateProgress(value),
    };
    try {
      return await requestContext.run({ requestId: requestIdIn(job) }, () => handler(job.data, context));
    } catch (error) {
      throw await this.verdict(error);
    }
  }

  private async verdict(error: unknown): Promise<unknown> {
    const reason: unknown = this.controller.signal.reason;
    if (reason instanceof JobInterruption && reason.kind === 'cancelled') {
      return new UnrecoverableError(reason.message);
    }
    if (reason instanceof JobInterruption && reason.kind === 'shutdown') {
      await this.job.moveToWait(this.token);
      return new WaitingError();
    }
    if (!isPermanent(error)) return error;
    return new UnrecoverableError(error instanceof Error ? error.message : String(error));
  }
}

/** Jobs carry the id of the request that they come from; one that does not is its own. */
function requestIdIn(job: Job<unknown>): string {
  const { data } = job;
  const carried =
    typeof data === 'object' && data !== null && 'requestId' in data ? data.requestId : undefined;
  return typeof carried === 'string' && carried !== '' ? carried : `job-${job.id ?? 'unknown'}`;
}
