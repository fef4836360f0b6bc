import type { JobName, JobPayload, QueueName } from '@modelyard/contracts';
import { JOB_POLICIES } from '@modelyard/contracts';
import type { Logger } from '@modelyard/platform-observability';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { KEY_PREFIX, mapRedisError, openRedis, whenReady } from './redis';

export type JobState = 'waiting' | 'active' | 'delayed' | 'completed' | 'failed' | 'missing';
export type JobCounts = Record<Exclude<JobState, 'missing'>, number>;

const STATES: Record<string, JobState> = {
  waiting: 'waiting',
  prioritized: 'waiting',
  'waiting-children': 'waiting',
  active: 'active',
  delayed: 'delayed',
  completed: 'completed',
  failed: 'failed',
};
const FIRST_CONNECTION_MS = 2_000;

/** Adds jobs and asks after them. Everything here fails at once with `DEPENDENCY_UNAVAILABLE` while Redis is away. */
export class JobProducer {
  private readonly redis: Redis;
  private readonly queues = new Map<QueueName, Queue>();

  constructor(redisUrl: string, logger: Logger) {
    this.redis = openRedis(redisUrl, 'fail-fast', logger);
  }

  /**
   * Adds a job with the attempts, back-off and retention of its policy. When it resolves, Redis has the job.
   *
   * @param options.jobId adding the same id again changes nothing while the queue knows that job, finished ones
   *   included: `remove` it first to run it anew. Without `:`, and not a plain number.
   */
  async add<Q extends QueueName, J extends JobName<Q>>(
    queue: Q,
    job: J,
    payload: JobPayload<Q, J>,
    options: { jobId?: string } = {},
  ): Promise<void> {
    const { attempts, backoff, keepCompleted, keepFailed } = JOB_POLICIES[queue][job];
    await this.ask(queue, (opened) =>
      opened.add(job, payload, {
        ...options,
        attempts,
        backoff,
        removeOnComplete: keepCompleted,
        removeOnFail: keepFailed,
      }),
    );
  }

  /** @returns whether the queue knows the job no more; one that a worker is running stays */
  async remove(queue: QueueName, jobId: string): Promise<boolean> {
    return (await this.ask(queue, (opened) => opened.remove(jobId))) === 1;
  }

  async state(queue: QueueName, jobId: string): Promise<JobState> {
    return STATES[await this.ask(queue, (opened) => opened.getJobState(jobId))] ?? 'missing';
  }

  async counts(queue: QueueName): Promise<JobCounts> {
    const counts = await this.ask(queue, (opened) =>
      opened.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'completed', 'failed'),
    );
    const count = (state: string): number => counts[state] ?? 0;
    return {
      waiting: count('wait') + count('prioritized'),
      active: count('active'),
      delayed: count('delayed'),
      completed: count('completed'),
      failed: count('failed'),
    };
  }

  /** @throws AppError DEPENDENCY_UNAVAILABLE */
  async ping(): Promise<void> {
    await this.redis.ping().catch(rethrow);
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close().catch(() => {})));
    this.redis.disconnect();
  }

  private async ask<T>(name: QueueName, question: (queue: Queue) => Promise<T>): Promise<T> {
    if (this.redis.status === 'connecting') await whenReady(this.redis, FIRST_CONNECTION_MS);
    return question(this.open(name)).catch(rethrow);
  }

  private open(name: QueueName): Queue {
    const existing = this.queues.get(name);
    if (existing !== undefined) return existing;
    const queue = new Queue(name, {
      connection: this.redis,
      prefix: KEY_PREFIX,
      // Both would wait for Redis, or fail for ever when it is away just now.
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    queue.on('error', () => {}); // the connection logs it, and the command that failed says so
    this.queues.set(name, queue);
    return queue;
  }
}

function rethrow(error: unknown): never {
  throw mapRedisError(error);
}
