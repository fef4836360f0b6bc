import { isDeepStrictEqual } from 'node:util';
import type { ImportProgressReport, ImportProgressResponse } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { BlobReferences } from '../blob-references/blob-references';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetImportRepository, hasEnded } from '../dataset-imports/dataset-import.repository';
import { blobsIn } from './blobs-in';
import { endedAlready } from './ended-already';

@Injectable()
export class ReportImportProgress {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly references: BlobReferences,
  ) {}

  /**
   * Keeps what a worker reports. The blobs that a checkpoint names stay as long as the checkpoint.
   * @throws AppError NOT_FOUND, or CONFLICT when the import has ended
   */
  execute(id: string, { progress, checkpoint, log }: ImportProgressReport): Promise<ImportProgressResponse> {
    return this.work.transaction(async () => {
      const { import: held } = await this.imports.hold(id);
      if (hasEnded(held)) throw endedAlready(held);
      if (checkpoint !== undefined) {
        const named = blobsIn(checkpoint);
        await this.references.claim(named);
        await this.references.release(await this.imports.needBlobs(id, named));
        await this.imports.change(id, { checkpoint });
      }
      if (progress !== undefined && !isDeepStrictEqual(held.progress, { ...progress })) {
        await this.imports.change(id, { progress });
        await this.imports.addEvent(id, 'progress', { ...progress });
      }
      if (log !== undefined) await this.imports.addEvent(id, 'log', { message: log });
      return { cancelRequested: held.cancelRequested };
    });
  }
}
