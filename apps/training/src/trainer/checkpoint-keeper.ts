import type { TrainingCheckpoint } from '@modelyard/contracts';
import type { BlobStore } from '@modelyard/platform-blobs';
import { openCheckpoint, sealCheckpoint } from './checkpoint-envelope';
import type { CheckpointHeader } from './checkpoint-envelope';

/** A checkpoint larger than this is not ours. */
const MAX_BYTES = 4 * 1024 ** 3;

export type CheckpointOwner = Omit<CheckpointHeader, 'epoch'>;

/** Keeps the newest state of a training, and stores it so often that little is lost and little time goes by. */
export class CheckpointKeeper {
  private newest: { state: Buffer; epoch: number } | undefined;
  private storedEpoch = 0;
  private storedAt: number;

  constructor(
    private readonly blobs: Pick<BlobStore, 'put' | 'read'>,
    private readonly owner: CheckpointOwner,
    private readonly intervalMs: number,
    private readonly announce: (checkpoint: TrainingCheckpoint) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.storedAt = now();
  }

  /**
   * Reads where an earlier attempt came to.
   * @returns undefined, and a reason, when the content is missing, broken or of another training: then the training
   * begins anew, which costs time but never a wrong result
   */
  async resume(checkpoint: TrainingCheckpoint): Promise<{ state?: Buffer; epoch: number; note?: string }> {
    try {
      const content = await this.blobs.read(checkpoint.sha256, MAX_BYTES);
      const { header, state } = openCheckpoint(content);
      for (const key of ['trainingJobId', 'recipeDigest', 'datasetDigest'] as const) {
        if (header[key] !== this.owner[key]) throw new Error(`it belongs to another training (${key})`);
      }
      this.storedEpoch = header.epoch;
      const moved = header.backend !== this.owner.backend;
      const note = `It was made on ${header.backend}, so the last bits of the weights may differ.`;
      return { state, epoch: header.epoch, ...(moved ? { note } : {}) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { epoch: 0, note: `The checkpoint of epoch ${checkpoint.epoch} cannot be used: ${reason}` };
    }
  }

  async offer(state: Buffer, epoch: number): Promise<void> {
    this.newest = { state, epoch };
    if (this.now() - this.storedAt >= this.intervalMs) await this.storeNewest();
  }

  /** Stores the newest state, if that has not happened yet. */
  async storeNewest(): Promise<void> {
    const { newest } = this;
    if (newest === undefined || newest.epoch <= this.storedEpoch) return;
    const blob = await this.blobs.put(sealCheckpoint({ ...this.owner, epoch: newest.epoch }, newest.state));
    this.storedEpoch = newest.epoch;
    this.storedAt = this.now();
    this.announce({ epoch: newest.epoch, ...blob });
  }
}
