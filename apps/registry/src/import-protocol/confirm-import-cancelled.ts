import type { Caller, DatasetImport } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetImportRepository, hasEnded } from '../dataset-imports/dataset-import.repository';
import { EndImport } from '../dataset-imports/end-import';
import { endedAlready } from './ended-already';

@Injectable()
export class ConfirmImportCancelled {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly end: EndImport,
  ) {}

  /** The worker has stopped. @throws AppError NOT_FOUND, or CONFLICT when the import has succeeded or failed */
  execute(id: string, caller: Caller): Promise<DatasetImport> {
    return this.work.transaction(async () => {
      const { import: held } = await this.imports.hold(id);
      if (held.status === 'cancelled') return this.imports.require(id);
      if (hasEnded(held)) throw endedAlready(held);
      return this.end.execute(held, { status: 'cancelled' }, caller);
    });
  }
}
