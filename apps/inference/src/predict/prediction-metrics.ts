import { Metrics } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import type { Prediction } from './prediction';

/** Label values are bounded by the versions and classes that are deployed, and by the error codes. */
@Injectable()
export class PredictionMetrics {
  private readonly total;
  private readonly latency;
  private readonly confidence;
  private readonly errors;

  constructor(metrics: Metrics) {
    this.total = metrics.counter({
      name: 'predictions_total',
      help: 'Samples answered, by model version and predicted class.',
      labelNames: ['model_version', 'prediction_class'],
    });
    this.latency = metrics.histogram({
      name: 'prediction_latency_seconds',
      help: 'Time from the read request to the answer, by model version.',
      labelNames: ['model_version'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    });
    this.confidence = metrics.histogram({
      name: 'prediction_confidence',
      help: 'Probability of the predicted class, by model version.',
      labelNames: ['model_version'],
      buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1],
    });
    this.errors = metrics.counter({
      name: 'prediction_errors_total',
      help: 'Predict requests that failed, by error code.',
      labelNames: ['code'],
    });
  }

  answered(modelVersion: string, predictions: readonly Prediction[], seconds: number): void {
    this.latency.observe({ model_version: modelVersion }, seconds);
    for (const { prediction, confidence } of predictions) {
      this.total.inc({ model_version: modelVersion, prediction_class: prediction });
      this.confidence.observe({ model_version: modelVersion }, confidence);
    }
  }

  failed(code: string): void {
    this.errors.inc({ code });
  }
}
