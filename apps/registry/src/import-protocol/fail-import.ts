import type { Caller, DatasetImport, FailImport as Failure } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetImportRepository, hasEnded } from '../dataset-imports/dataset-import.repository';
import { EndImport } from '../dataset-imports/end-import';
import { sayImportError } from '../dataset-imports/say-import-error';
import { endedAlready } from './ended-already';

/** Characters of a log line. */
const MAX_LOG = 5_000;

@Injectable()
export class FailImport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly end: EndImport,
  ) {}

  /**
   * Ends the import as failed, or puts it back to `queued` when another attempt may help. Why stays to be read until the
   * import has ended otherwise.
   * @throws AppError NOT_FOUND, or CONFLICT when it has succeeded or was cancelled
   */
  execute(id: string, { error, retriable }: Failure, caller: Caller): Promise<DatasetImport> {
    return this.work.transaction(async () => {
      const { import: held } = await this.imports.hold(id);
      if (held.status === 'failed') return this.imports.require(id);
      if (hasEnded(held)) throw endedAlready(held);
      if (held.cancelRequested) return this.end.execute(held, { status: 'cancelled' }, caller);
      if (!retriable) return this.end.execute(held, { status: 'failed', error }, caller);
      if (held.status === 'queued' && held.error?.message === error.message) return this.imports.require(id);
      await this.imports.change(id, { status: 'queued', error });
      await this.imports.addEvent(id, 'status', {
        status: 'queued',
        attempt: held.attempt,
        error: { ...error },
      });
      const message = `Attempt ${held.attempt} failed, and another follows: ${sayImportError(error).slice(0, MAX_LOG)}`;
      await this.imports.addEvent(id, 'log', { message });
      return this.imports.require(id);
    });
  }
}
