import type { JobName, JobPayload, JobResult, QueueName } from '@modelyard/contracts';

export interface JobContext {
  jobId: string;
  /** 1 for the first. A job that was taken from a dead worker, or given back at a shutdown, keeps its number. */
  attempt: number;
  lastAttempt: boolean;
  /** Aborted with a `JobInterruption` as its reason. Long work watches it, and throws when it is aborted. */
  signal: AbortSignal;
  /** Plain JSON that others may read beside the job. */
  progress(value: object | number): Promise<void>;
}

/** One handler for each job of a queue; the compiler and the start of the workers refuse fewer. */
export type JobHandlers<Q extends QueueName> = {
  [J in JobName<Q>]: (payload: JobPayload<Q, J>, context: JobContext) => Promise<JobResult<Q, J>>;
};
