import { Metrics } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import type { Counter, Gauge, Histogram } from 'prom-client';

/** What Prometheus sees of imports. */
@Injectable()
export class ImportMetrics {
  readonly imports: Counter<'status'>;
  readonly seconds: Histogram;
  readonly active: Gauge;

  constructor(metrics: Metrics) {
    this.imports = metrics.counter({
      name: 'modelyard_imports_total',
      help: 'Attempts at dataset imports that ended, by how: succeeded, failed, retried, cancelled, handed_back, skipped.',
      labelNames: ['status'],
    });
    this.seconds = metrics.histogram({
      name: 'modelyard_import_seconds',
      help: 'How long one attempt at a dataset import took.',
      buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200],
    });
    this.active = metrics.gauge({
      name: 'modelyard_imports_active',
      help: 'Dataset imports that run on this worker now.',
    });
  }
}
