import type { JobName, QueueName } from '@modelyard/contracts';
import { JOB_POLICIES } from '@modelyard/contracts';
import type { Logger } from '@modelyard/platform-observability';
import type { Job } from 'bullmq';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobHandlers } from './job-handlers';
import { JobInterruption } from './job-interruption';
import type { AnyHandler } from './job-run';
import { JobRun } from './job-run';
import { isPermanent } from './permanent-job-error';
import { KEY_PREFIX, openRedis } from './redis';

export interface WorkerOptions {
  /** Jobs at a time in this process; default 1. */
  concurrency?: number;
  /** Renewed at half of it. A worker that dies holds its jobs for that long; default 10,000. */
  lockDurationMs?: number;
  /** How often jobs of dead workers are looked for; default 5,000. */
  stalledIntervalMs?: number;
  /** How often a job may be taken from a dead worker before it fails; default 100. */
  maxStalledCount?: number;
}

interface RunningWorker {
  queue: QueueName;
  worker: Worker;
  redis: Redis;
  runs: Set<JobRun>;
}

/** Runs jobs. While Redis is away the workers wait, and go on when it is back. */
export class JobWorkers {
  private readonly workers: RunningWorker[] = [];
  private closing: Promise<void> | undefined;

  constructor(
    private readonly redisUrl: string,
    private readonly logger: Logger,
  ) {}

  /**
   * Starts taking jobs from a queue. Does not wait for Redis.
   *
   * @throws Error when a job of the queue has no handler: call it while the application starts, so that it fails to
   */
  start<Q extends QueueName>(queue: Q, handlers: JobHandlers<Q>, options: WorkerOptions = {}): Promise<void> {
    const missing = (Object.keys(JOB_POLICIES[queue]) as JobName<Q>[]).filter(
      (job) => typeof handlers[job] !== 'function',
    );
    if (missing.length > 0)
      throw new Error(`Nobody handles the job ${missing.join(', ')} of the queue ${queue}.`);
    const redis = openRedis(this.redisUrl, 'patient', this.logger);
    const runs = new Set<JobRun>();
    // BullMQ looks at how many parameters the function declares; runs have abort signals of their own.
    const process = (job: Job, token?: string): Promise<unknown> =>
      this.run(
        runs,
        new JobRun(job, token ?? ''),
        handlers[job.name as JobName<Q>] as AnyHandler | undefined,
        job,
      );
    const worker = new Worker(queue, process, {
      connection: redis,
      prefix: KEY_PREFIX,
      concurrency: options.concurrency ?? 1,
      lockDuration: options.lockDurationMs ?? 10_000,
      stalledInterval: options.stalledIntervalMs ?? 5_000,
      maxStalledCount: options.maxStalledCount ?? 100,
      runRetryDelay: 1_000, // BullMQ's 15 s would leave a worker idle long after Redis is back
      skipVersionCheck: true,
    });
    this.observe(queue, worker, runs);
    this.workers.push({ queue, worker, redis, runs });
    return Promise.resolve();
  }

  /**
   * Interrupts a job that this process is running. It fails for good, unless its handler returns all the same.
   *
   * @returns whether this process was running it
   */
  cancel(queue: QueueName, jobId: string, reason: string): boolean {
    const runs = this.workers
      .filter((running) => running.queue === queue)
      .flatMap((running) => [...running.runs])
      .filter((run) => run.jobId === jobId);
    for (const run of runs) run.interrupt(new JobInterruption('cancelled', reason));
    return runs.length > 0;
  }

  /** The ids of the jobs that this process is running. */
  running(queue: QueueName): string[] {
    return this.workers
      .filter((one) => one.queue === queue)
      .flatMap((one) => [...one.runs].map((run) => run.jobId));
  }

  /**
   * Takes no more jobs, waits for those that run, then interrupts them, which gives them back to the queue.
   *
   * @param graceMs how long jobs may go on before they are interrupted
   * @param endMs how long they may take to end then; default `graceMs`
   */
  close(graceMs: number, endMs = graceMs): Promise<void> {
    this.closing ??= this.closeAll(graceMs, endMs);
    return this.closing;
  }

  private async closeAll(graceMs: number, endMs: number): Promise<void> {
    const closed = Promise.all(this.workers.map(({ worker }) => worker.close()));
    if (!(await settlesWithin(closed, graceMs))) {
      for (const { runs } of this.workers) {
        for (const run of runs)
          run.interrupt(new JobInterruption('shutdown', 'The service is shutting down.'));
      }
      if (!(await settlesWithin(closed, endMs))) {
        this.logger.warn(
          {},
          'jobs did not end in time; their locks will expire, and other workers take them',
        );
      }
    }
    for (const { redis } of this.workers) redis.disconnect();
  }

  private async run(
    runs: Set<JobRun>,
    run: JobRun,
    handler: AnyHandler | undefined,
    job: Job,
  ): Promise<unknown> {
    // A job of a newer version of the product; a newer worker may know it.
    if (handler === undefined) throw new Error(`This worker does not know the job ${job.name}.`);
    runs.add(run);
    try {
      return await run.execute(handler);
    } finally {
      runs.delete(run);
    }
  }

  private observe(queue: QueueName, worker: Worker, runs: Set<JobRun>): void {
    worker.on('lockRenewalFailed', (jobIds) => {
      for (const run of runs) {
        if (jobIds.includes(run.jobId)) {
          run.interrupt(new JobInterruption('lock-lost', 'The queue gave this job to another worker.'));
        }
      }
    });
    worker.on('stalled', (jobId) =>
      this.logger.warn({ queue, jobId }, 'a job was taken from a worker that died'),
    );
    worker.on('failed', (job, error) => {
      const details = { queue, jobId: job?.id, job: job?.name, attempt: job?.attemptsMade, err: error };
      const final =
        isPermanent(error) || error.name === 'UnrecoverableError' || job?.finishedOn !== undefined;
      if (final) this.logger.error(details, 'a job failed');
      else this.logger.warn(details, 'an attempt of a job failed; it will be tried again');
    });
    // The connection logs its own troubles; what is left are locks that were lost while Redis was away, and the like.
    worker.on('error', (error) =>
      this.logger.debug({ queue, err: error }, 'the worker of a queue had an error'),
    );
  }
}

async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const settled = promise.then(
    () => true,
    () => true,
  );
  const outcome = await Promise.race([settled, late]);
  clearTimeout(timer);
  return outcome;
}
