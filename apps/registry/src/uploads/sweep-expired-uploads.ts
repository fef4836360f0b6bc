import { Injectable } from '@nestjs/common';
import { BlobReferences } from '../blob-references/blob-references';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../sources/clock';
import { UploadRepository } from './upload.repository';

const BATCH = 50;

@Injectable()
export class SweepExpiredUploads {
  constructor(
    private readonly work: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly references: BlobReferences,
    private readonly clock: Clock,
  ) {}

  /**
   * Removes uploads whose time is over, but for those that an import still needs, and releases their content.
   * @returns how many were removed
   */
  async execute(): Promise<number> {
    let removed = 0;
    for (let taken = BATCH; taken === BATCH; removed += taken) {
      taken = await this.work.transaction(async () => {
        const ids = await this.uploads.takeExpired(this.clock.now(), BATCH);
        await this.references.release(await this.uploads.delete(ids));
        return ids.length;
      });
    }
    return removed;
  }
}
