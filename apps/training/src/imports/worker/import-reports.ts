import type {
  ImportCheckpoint,
  ImportProgress,
  ImportProgressReport,
  ImportProgressResponse,
} from '@modelyard/contracts';
import { isRefusal } from '../../supervision/report-relay';
import type { Reports } from '../../supervision/report-relay';
import type { ImportRegistry } from '../registry/import-registry';

/** What an importer has said and the registry does not know: every note in order, but only the newest of all else. */
export class ImportReports implements Reports {
  private progress: ImportProgress | undefined;
  private checkpoint: ImportCheckpoint | undefined;
  private readonly notes: string[] = [];

  constructor(
    private readonly registry: Pick<ImportRegistry, 'report'>,
    private readonly importId: string,
  ) {}

  get empty(): boolean {
    return this.progress === undefined && this.checkpoint === undefined && this.notes.length === 0;
  }

  setProgress(progress: ImportProgress): void {
    this.progress = progress;
  }

  setCheckpoint(checkpoint: ImportCheckpoint): void {
    this.checkpoint = checkpoint;
  }

  addNote(message: string): void {
    this.notes.push(message);
  }

  async send(): Promise<ImportProgressResponse> {
    const { progress, checkpoint } = this;
    const [log] = this.notes;
    const report: ImportProgressReport = {
      ...(progress === undefined ? {} : { progress }),
      ...(checkpoint === undefined ? {} : { checkpoint }),
      ...(log === undefined ? {} : { log }),
    };
    try {
      const answer = await this.registry.report(this.importId, report);
      this.forget(progress, checkpoint);
      return answer;
    } catch (error) {
      if (isRefusal(error)) this.forget(progress, checkpoint);
      throw error;
    }
  }

  /** What has come in since stays. */
  private forget(progress?: ImportProgress, checkpoint?: ImportCheckpoint): void {
    this.notes.shift();
    if (this.progress === progress) this.progress = undefined;
    if (this.checkpoint === checkpoint) this.checkpoint = undefined;
  }
}
