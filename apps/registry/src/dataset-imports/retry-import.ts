import type { Caller, DatasetImport } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetRepository } from '../datasets/dataset.repository';
import { DatasetImportRepository } from './dataset-import.repository';
import { RequireUploads } from './require-uploads';

@Injectable()
export class RetryImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly requireUploads: RequireUploads,
    private readonly datasets: DatasetRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Queues an import again that failed or was cancelled. It goes on from where it was, as far as that is still there.
   * @throws AppError NOT_FOUND; CONFLICT when it has succeeded, or when its uploads or its parent version are gone
   */
  execute(id: string, caller: Caller): Promise<DatasetImport> {
    return this.work.transaction(async () => {
      const { import: held, parent } = await this.imports.hold(id);
      if (held.status === 'queued' || (held.status === 'running' && !held.cancelRequested))
        return this.imports.require(id);
      if (held.status !== 'failed' && held.status !== 'cancelled') {
        const state = held.status === 'running' ? 'is being cancelled' : 'has succeeded already';
        throw new AppError('CONFLICT', `Dataset import ${id} ${state}; there is nothing to try again.`);
      }
      await this.requireUploads.execute(held.source, 'CONFLICT');
      if (parent !== undefined) await this.datasets.keepVersion(held.dataset, parent.version);
      await this.imports.change(id, {
        status: 'queued',
        cancelRequested: false,
        error: null,
        progress: null,
        endedAt: null,
      });
      await this.imports.addEvent(id, 'status', { status: 'queued', attempt: held.attempt });
      await this.changes.execute({
        action: 'dataset-import.retried',
        startsImport: id,
        subject: `dataset-imports/${id}`,
        caller,
        details: { dataset: held.dataset },
      });
      return this.imports.require(id);
    });
  }
}
