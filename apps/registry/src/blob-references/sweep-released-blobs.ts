import { BlobStore } from '@modelyard/platform-blobs';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../sources/clock';
import { BlobReferences } from './blob-references';

/** Readers that found content before it was released have long ended then. */
const GRACE_MS = 3600_000;
const BATCH = 200;

@Injectable()
export class SweepReleasedBlobs {
  constructor(
    private readonly work: UnitOfWork,
    private readonly references: BlobReferences,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Deletes released content that nothing needs. Whoever claims it meanwhile waits, and then finds it gone.
   * @returns how much was deleted
   */
  async execute(graceMs = GRACE_MS): Promise<number> {
    const before = this.clock.now() - graceMs;
    let deleted = 0;
    for (let more = true; more;) {
      more = await this.work.transaction(async () => {
        const taken = await this.references.takeReleased(before, BATCH);
        for (const sha256 of taken.unneeded) await this.blobs.delete(sha256);
        deleted += taken.unneeded.length;
        return taken.more;
      });
    }
    return deleted;
  }
}
