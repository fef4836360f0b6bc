import type {
  DatasetImport,
  FailImport,
  ImportProgressReport,
  ImportProgressResponse,
  ImportStatus,
  StartImportResponse,
  SucceedImport,
} from '@modelyard/contracts';
import type { ServiceClient } from '@modelyard/platform-service-client';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ImportRegistry } from './import-registry';

const ONCE_TIMEOUT_MS = 5_000;
/** Tens of thousands of files and parts are named in one call. */
const LARGE_TIMEOUT_MS = 60_000;

/** The registry over its private HTTP routes. */
export class HttpImportRegistry extends ImportRegistry implements OnApplicationShutdown {
  constructor(
    private readonly client: ServiceClient,
    /** How long the calls that must arrive are tried again, in milliseconds. */
    private readonly patienceMs: number,
  ) {
    super();
  }

  start(importId: string, attemptId: string, signal: AbortSignal): Promise<StartImportResponse> {
    return this.persist(importId, 'start', { attemptId }, signal);
  }

  async report(importId: string, report: ImportProgressReport): Promise<ImportProgressResponse> {
    const answer = await this.client.request<ImportProgressResponse>({
      method: 'POST',
      path: path(importId, 'progress'),
      body: report,
      timeoutMs: ONCE_TIMEOUT_MS,
      retry: 'never',
    });
    return answer.body;
  }

  async succeed(importId: string, result: SucceedImport): Promise<ImportStatus> {
    const { status } = await this.persist<DatasetImport>(importId, 'succeed', result);
    return status;
  }

  async fail(importId: string, failure: FailImport): Promise<void> {
    await this.persist(importId, 'fail', failure);
  }

  async cancelled(importId: string): Promise<void> {
    await this.persist(importId, 'cancelled', {});
  }

  onApplicationShutdown(): Promise<void> {
    return this.client.close();
  }

  private async persist<T>(
    importId: string,
    action: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<T> {
    const answer = await this.client.request<T>({
      method: 'POST',
      path: path(importId, action),
      body,
      timeoutMs: LARGE_TIMEOUT_MS,
      retry: { forMs: this.patienceMs },
      ...(signal === undefined ? {} : { signal }),
    });
    return answer.body;
  }
}

function path(importId: string, action: string): string {
  return `/internal/dataset-imports/${encodeURIComponent(importId)}/${action}`;
}
