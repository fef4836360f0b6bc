import type {
  FailImport,
  ImportProgressReport,
  ImportProgressResponse,
  ImportStatus,
  StartImportResponse,
  SucceedImport,
} from '@modelyard/contracts';
import type { AppError } from '@modelyard/platform-errors';
import { ImportRegistry } from '../registry/import-registry';

/** A registry with one import, that remembers what it was told and can be away for a while. */
export class InMemoryImportRegistry extends ImportRegistry {
  readonly reports: ImportProgressReport[] = [];
  /** How the import was said to end, in order. */
  readonly endings: string[] = [];
  readonly attempts: string[] = [];
  readonly failures: FailImport[] = [];
  succeeded: SucceedImport | undefined;
  cancelRequested = false;
  /** Thrown by `report` and the endings while it is set. */
  failure: AppError | undefined;

  constructor(public answer: StartImportResponse) {
    super();
  }

  start(_importId: string, attemptId: string): Promise<StartImportResponse> {
    this.attempts.push(attemptId);
    return Promise.resolve(this.answer);
  }

  async report(_importId: string, report: ImportProgressReport): Promise<ImportProgressResponse> {
    await this.reach();
    this.reports.push(report);
    return { cancelRequested: this.cancelRequested };
  }

  async succeed(_importId: string, result: SucceedImport): Promise<ImportStatus> {
    await this.reach();
    this.succeeded = result;
    this.endings.push('succeeded');
    return 'succeeded';
  }

  async fail(_importId: string, failure: FailImport): Promise<void> {
    await this.reach();
    this.failures.push(failure);
    this.endings.push(`${failure.retriable ? 'retry' : 'failed'}: ${failure.error.message}`);
  }

  async cancelled(): Promise<void> {
    await this.reach();
    this.endings.push('cancelled');
  }

  private reach(): Promise<void> {
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }
}
