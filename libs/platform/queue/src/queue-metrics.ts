import type { QueueName } from '@modelyard/contracts';
import { JOB_POLICIES } from '@modelyard/contracts';
import type { Metrics } from '@modelyard/platform-observability';
import type { JobProducer } from './job-producer';

const QUEUES = Object.keys(JOB_POLICIES) as QueueName[];

/** Counts the jobs of each queue when somebody looks. While Redis is away there are no numbers, rather than old ones. */
export function measureQueues(metrics: Metrics, producer: JobProducer): void {
  const gauge = metrics.gauge({
    name: 'modelyard_queue_jobs',
    help: 'Jobs in each queue, by state. Finished jobs are those that are kept.',
    labelNames: ['queue', 'state'],
    async collect() {
      this.reset();
      for (const queue of QUEUES) {
        const counts = await producer.counts(queue).catch(() => ({}));
        for (const [state, count] of Object.entries(counts)) gauge.set({ queue, state }, count);
      }
    },
  });
}
