import type {
  MetricPoint,
  TrainingCheckpoint,
  TrainingProgress,
  TrainingProgressReport,
} from '@modelyard/contracts';

/** So many points go in one report, which keeps it far below the registry's body limit. */
const MAX_POINTS = 1_000;

/** What is to be told to the registry: all metric points in order, but only the newest progress and checkpoint. */
export class PendingReport {
  checkpoint: TrainingCheckpoint | undefined;
  private metrics: MetricPoint[] = [];
  private params: Record<string, string> = {};
  private tags: Record<string, string> = {};
  private progress: TrainingProgress | undefined;

  get empty(): boolean {
    return (
      this.checkpoint === undefined &&
      this.progress === undefined &&
      this.metrics.length === 0 &&
      Object.keys(this.params).length === 0 &&
      Object.keys(this.tags).length === 0
    );
  }

  add(report: Partial<TrainingProgressReport>): void {
    for (const point of report.metrics ?? []) this.metrics.push(point);
    Object.assign(this.params, report.params);
    Object.assign(this.tags, report.tags);
    this.progress = report.progress ?? this.progress;
  }

  /** Only a checkpoint whose epochs have all been told may go with the report that was just taken. */
  get tellableCheckpoint(): TrainingCheckpoint | undefined {
    return this.metrics.length === 0 ? this.checkpoint : undefined;
  }

  take(): TrainingProgressReport {
    const report: TrainingProgressReport = {
      ...(this.progress === undefined ? {} : { progress: this.progress }),
      metrics: this.metrics.splice(0, MAX_POINTS),
      params: this.params,
      tags: this.tags,
    };
    this.progress = undefined;
    this.params = {};
    this.tags = {};
    return report;
  }

  /** Puts a report back that did not arrive, before what has come since. */
  giveBack(report: TrainingProgressReport): void {
    this.metrics = [...report.metrics, ...this.metrics];
    this.params = { ...report.params, ...this.params };
    this.tags = { ...report.tags, ...this.tags };
    this.progress ??= report.progress;
  }

  acknowledge(checkpoint: TrainingCheckpoint): void {
    if (this.checkpoint?.sha256 === checkpoint.sha256) this.checkpoint = undefined;
  }
}
