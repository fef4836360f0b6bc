import { Injectable } from '@nestjs/common';
import { Metrics } from '@modelyard/platform-observability';
import type { Counter, Gauge, Histogram } from 'prom-client';

/** What Prometheus sees of this service's work. */
@Injectable()
export class TrainingMetrics {
  readonly jobs: Counter<'status'>;
  readonly epochSeconds: Histogram;
  readonly active: Gauge;

  constructor(metrics: Metrics) {
    this.jobs = metrics.counter({
      name: 'modelyard_training_jobs_total',
      help: 'Attempts at trainings that ended, by how: succeeded, failed, retried, cancelled, handed_back, skipped.',
      labelNames: ['status'],
    });
    this.epochSeconds = metrics.histogram({
      name: 'modelyard_training_epoch_seconds',
      help: 'How long one epoch of a training took.',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    });
    this.active = metrics.gauge({
      name: 'modelyard_training_active',
      help: 'Trainings that run on this worker now.',
    });
  }
}
