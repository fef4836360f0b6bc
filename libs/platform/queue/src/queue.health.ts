import { HealthCheck } from '@modelyard/platform-observability';
import type { JobProducer } from './job-producer';

export class QueueHealth extends HealthCheck {
  readonly name = 'redis';

  constructor(private readonly producer: JobProducer) {
    super();
  }

  check(): Promise<void> {
    return this.producer.ping();
  }
}
