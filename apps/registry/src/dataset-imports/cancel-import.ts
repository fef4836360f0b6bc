import type { Caller, DatasetImport } from '@modelyard/contracts';
import { NUDGE_CHANNELS } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Nudges } from '@modelyard/platform-queue';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetImportRepository } from './dataset-import.repository';
import { EndImport } from './end-import';

@Injectable()
export class CancelImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly end: EndImport,
    private readonly changes: RecordChange,
    private readonly nudges: Nudges,
  ) {}

  /**
   * Ends an import that has not begun; asks the worker of one that runs to stop. One that was taken from the queue
   * before this was seen is skipped when its worker asks to start it.
   * @throws AppError NOT_FOUND, or CONFLICT when it has ended otherwise
   */
  execute(id: string, caller: Caller): Promise<DatasetImport> {
    return this.work.transaction(async () => {
      const { import: held } = await this.imports.hold(id);
      if (held.status === 'cancelled' || (held.status === 'running' && held.cancelRequested))
        return this.imports.require(id);
      if (held.status === 'queued') return this.end.execute(held, { status: 'cancelled' }, caller);
      if (held.status !== 'running') {
        throw new AppError(
          'CONFLICT',
          `Dataset import ${id} has ${held.status} already; there is nothing to cancel.`,
        );
      }
      await this.imports.change(id, { cancelRequested: true });
      await this.imports.addEvent(id, 'status', { status: 'running', cancelRequested: true });
      await this.changes.execute({
        action: 'dataset-import.cancel-requested',
        subject: `dataset-imports/${id}`,
        caller,
      });
      this.work.afterCommit(() => void this.nudges.publish(NUDGE_CHANNELS.cancel, id));
      return this.imports.require(id);
    });
  }
}
