import type { BlobStore } from '@modelyard/platform-blobs';
import type { Logger } from '@modelyard/platform-observability';

/**
 * Which checkpoints of one training lie in the blob store, so that those of no use are deleted: all but the last
 * that the registry knows. A checkpoint names its job inside, so no two trainings ever share one.
 */
export class CheckpointShelf {
  private readonly lying = new Set<string>();

  constructor(
    private readonly blobs: Pick<BlobStore, 'delete'>,
    private readonly logger: Logger,
  ) {}

  stored(sha256: string): void {
    this.lying.add(sha256);
  }

  /** The registry points at this one now. */
  acknowledged(sha256: string): void {
    for (const older of this.lying) {
      if (older === sha256) break;
      this.remove(older);
    }
  }

  /** The training has ended for good. */
  clear(): void {
    for (const sha256 of this.lying) this.remove(sha256);
  }

  private remove(sha256: string): void {
    this.lying.delete(sha256);
    // What stays behind costs space and nothing else.
    this.blobs.delete(sha256).catch((error: unknown) => {
      this.logger.warn({ err: error, sha256 }, 'a checkpoint of no more use could not be deleted');
    });
  }
}
