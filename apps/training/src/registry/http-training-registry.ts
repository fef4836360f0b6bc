import type {
  ProgressResponse,
  StartTrainingResponse,
  SucceedTraining,
  TrainingCheckpoint,
  TrainingJob,
  TrainingJobStatus,
  TrainingProgressReport,
} from '@modelyard/contracts';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ServiceClient } from '@modelyard/platform-service-client';
import { TrainingRegistry } from './training-registry';
import { wireReport, wireResult } from './wire-metrics';

const ONCE_TIMEOUT_MS = 5_000;

/** The registry over its private HTTP routes. */
export class HttpTrainingRegistry extends TrainingRegistry implements OnApplicationShutdown {
  constructor(
    private readonly client: ServiceClient,
    /** How long the calls that must arrive are tried again, in milliseconds. */
    private readonly patienceMs: number,
  ) {
    super();
  }

  start(jobId: string, signal: AbortSignal): Promise<StartTrainingResponse> {
    return this.persist(jobId, 'start', {}, signal);
  }

  report(jobId: string, report: TrainingProgressReport): Promise<ProgressResponse> {
    return this.once(jobId, 'progress', wireReport(report));
  }

  async checkpoint(jobId: string, checkpoint: TrainingCheckpoint): Promise<void> {
    await this.once(jobId, 'checkpoint', { checkpoint });
  }

  async succeed(jobId: string, result: SucceedTraining): Promise<TrainingJobStatus> {
    const { status } = await this.persist<TrainingJob>(jobId, 'succeed', wireResult(result));
    return status;
  }

  async fail(jobId: string, error: string, retriable: boolean): Promise<void> {
    await this.persist(jobId, 'fail', { error, retriable });
  }

  async cancelled(jobId: string): Promise<void> {
    await this.persist(jobId, 'cancelled', {});
  }

  onApplicationShutdown(): Promise<void> {
    return this.client.close();
  }

  private async once<T>(jobId: string, action: string, body: unknown): Promise<T> {
    const request = { method: 'POST', path: path(jobId, action), body, timeoutMs: ONCE_TIMEOUT_MS } as const;
    return (await this.client.request<T>({ ...request, retry: 'never' })).body;
  }

  private async persist<T>(jobId: string, action: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const answer = await this.client.request<T>({
      method: 'POST',
      path: path(jobId, action),
      body,
      retry: { forMs: this.patienceMs },
      ...(signal === undefined ? {} : { signal }),
    });
    return answer.body;
  }
}

function path(jobId: string, action: string): string {
  return `/internal/training-jobs/${encodeURIComponent(jobId)}/${action}`;
}
