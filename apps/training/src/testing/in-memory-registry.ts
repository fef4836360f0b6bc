import type {
  ProgressResponse,
  StartTrainingResponse,
  SucceedTraining,
  TrainingCheckpoint,
  TrainingJobStatus,
  TrainingProgressReport,
} from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { TrainingRegistry } from '../registry/training-registry';

/** A registry with one job, that remembers what it was told and can be away for a while. */
export class InMemoryRegistry extends TrainingRegistry {
  readonly reports: TrainingProgressReport[] = [];
  readonly checkpoints: TrainingCheckpoint[] = [];
  /** How the job was said to end, in order. */
  readonly endings: string[] = [];
  succeeded: SucceedTraining | undefined;
  cancelRequested = false;
  /** Thrown by `report`, `checkpoint` and the endings while it is set. */
  failure: AppError | undefined;

  constructor(public answer: StartTrainingResponse) {
    super();
  }

  static away(): AppError {
    return new AppError('DEPENDENCY_UNAVAILABLE', 'The registry is away.');
  }

  start(): Promise<StartTrainingResponse> {
    return Promise.resolve(this.answer);
  }

  async report(_jobId: string, report: TrainingProgressReport): Promise<ProgressResponse> {
    await this.reach();
    this.reports.push(report);
    return { cancelRequested: this.cancelRequested };
  }

  async checkpoint(_jobId: string, checkpoint: TrainingCheckpoint): Promise<void> {
    await this.reach();
    this.checkpoints.push(checkpoint);
  }

  async succeed(_jobId: string, result: SucceedTraining): Promise<TrainingJobStatus> {
    await this.reach();
    this.succeeded = result;
    this.endings.push('succeeded');
    return 'succeeded';
  }

  async fail(_jobId: string, error: string, retriable: boolean): Promise<void> {
    await this.reach();
    this.endings.push(`${retriable ? 'retry' : 'failed'}: ${error}`);
  }

  async cancelled(): Promise<void> {
    await this.reach();
    this.endings.push('cancelled');
  }

  get metricKeys(): string[] {
    return this.reports.flatMap((report) => report.metrics.map(({ key, step }) => `${key}@${step}`));
  }

  private reach(): Promise<void> {
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }
}
