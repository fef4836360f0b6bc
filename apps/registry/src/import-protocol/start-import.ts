import type { Caller, StartImportResponse, StoredFile } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import type { KnownImport } from '../dataset-imports/dataset-import.repository';
import { DatasetImportRepository, hasEnded } from '../dataset-imports/dataset-import.repository';
import { EndImport } from '../dataset-imports/end-import';
import { UploadRepository } from '../uploads/upload.repository';
import { ReadContext } from './read-context';

@Injectable()
export class StartImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly end: EndImport,
    private readonly uploads: UploadRepository,
    private readonly context: ReadContext,
  ) {}

  /**
   * A worker has taken the import from the queue. `skip` when there is nothing left to do: it has ended, its
   * cancellation was asked for, or what it was to be made from is gone. The same attempt that starts again counts once.
   * @throws AppError NOT_FOUND
   */
  execute(id: string, attemptId: string, at: number, caller: Caller): Promise<StartImportResponse> {
    return this.work.transaction(async () => {
      const known = await this.imports.hold(id);
      const { import: held } = known;
      if (hasEnded(held)) return { decision: 'skip', import: held, files: [] };
      if (held.cancelRequested) {
        const cancelled = await this.end.execute(held, { status: 'cancelled' }, caller);
        return { decision: 'skip', import: cancelled, files: [] };
      }
      const context = await this.context.execute(known);
      if (typeof context === 'string') {
        const error = { message: context, problems: [], problemCount: 0 };
        const failed = await this.end.execute(held, { status: 'failed', error }, caller);
        return { decision: 'skip', import: failed, files: [] };
      }
      if (held.status !== 'running' || known.attemptId !== attemptId) await this.begin(known, attemptId, at);
      const { import: started, checkpoint } = await this.imports.hold(id);
      return {
        decision: 'run',
        import: started,
        files: await this.files(known),
        ...context,
        ...(checkpoint === undefined ? {} : { checkpoint }),
      };
    });
  }

  private async begin({ import: held }: KnownImport, attemptId: string, at: number): Promise<void> {
    const attempt = held.attempt + 1;
    const firstStart = held.startedAt === undefined ? { startedAt: at } : {};
    await this.imports.change(held.id, { status: 'running', attempt, attemptId, ...firstStart });
    await this.imports.addEvent(held.id, 'status', { status: 'running', attempt });
  }

  private async files({ import: { source } }: KnownImport): Promise<StoredFile[]> {
    if (source.type !== 'upload') return [];
    const files = await this.uploads.files(source.uploads.map(({ id }) => id));
    return files.map((file, index) => {
      const { label, split } = source.uploads[index] ?? {};
      return {
        ...file,
        ...(label === undefined ? {} : { label }),
        ...(split === undefined ? {} : { split }),
      };
    });
  }
}
