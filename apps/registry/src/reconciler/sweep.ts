import { Injectable } from '@nestjs/common';
import { SweepReleasedBlobs } from '../blob-references/sweep-released-blobs';
import { StoredAnswers } from '../idempotency/stored-answers';
import { Clock } from '../sources/clock';
import { SweepExpiredUploads } from '../uploads/sweep-expired-uploads';
import { ForgetCheckpoints } from './forget-checkpoints';

const ANSWERS_KEPT_MS = 24 * 3600_000;

/** Removes what nobody needs any more. */
@Injectable()
export class Sweep {
  constructor(
    private readonly uploads: SweepExpiredUploads,
    private readonly checkpoints: ForgetCheckpoints,
    private readonly blobs: SweepReleasedBlobs,
    private readonly answers: StoredAnswers,
    private readonly clock: Clock,
  ) {}

  /** @returns how much was removed */
  async execute(): Promise<{ uploads: number; checkpoints: number; blobs: number }> {
    await this.answers.forget(this.clock.now() - ANSWERS_KEPT_MS);
    // The first two release content, which the third deletes an hour later.
    const uploads = await this.uploads.execute();
    const checkpoints = await this.checkpoints.execute();
    return { uploads, checkpoints, blobs: await this.blobs.execute() };
  }
}
