import type { NamedWeights, TrainingOptions } from '@modelyard/contracts';

/** The best epoch so far, by validation loss. */
export interface BestEpoch {
  epoch: number;
  loss: number;
  weights: NamedWeights;
}

/** Watches the validation loss, and keeps the weights of the best epoch. */
export class EarlyStopping {
  constructor(
    private readonly options: NonNullable<TrainingOptions['earlyStopping']>,
    private bestEpoch?: BestEpoch,
  ) {}

  /**
   * @param weights copies the weights; called only where they are worth keeping
   * @returns whether training has gone on for long enough without getting better
   */
  isOver(epoch: number, loss: number, weights: () => NamedWeights): boolean {
    const best = this.bestEpoch;
    if (best === undefined || loss < best.loss - this.options.minDelta) {
      this.bestEpoch = { epoch, loss, weights: weights() };
    }
    return epoch - (this.bestEpoch?.epoch ?? 0) >= this.options.patience;
  }

  best(): BestEpoch | undefined {
    return this.bestEpoch;
  }
}
