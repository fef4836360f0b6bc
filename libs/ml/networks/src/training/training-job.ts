import type { LayersTopology, NamedWeights, Recipe } from '@modelyard/contracts';
import type { Samples } from './samples';

/** Everything that a training depends on, and who hears of it. */
export interface NetworkTraining {
  recipe: Recipe;
  /** Of one sample. */
  inputShape: number[];
  classes: number;
  train: Samples;
  validation: Samples;
  /** A checkpoint of the same training, to go on after its epoch. */
  resume?: Buffer;
  /** Stops the training within a step; what comes out is the signal's reason. */
  signal: AbortSignal;
  /** Awaited: the next epoch starts after it. */
  onEpoch(report: EpochReport): Promise<void>;
  onCheckpoint?(checkpoint: Buffer, epoch: number): Promise<void>;
}

export interface EpochReport {
  /** From 1. */
  epoch: number;
  epochs: number;
  metrics: { loss: number; accuracy: number; val_loss: number; val_accuracy: number };
  /** If all epochs are run, at the pace of those so far. */
  secondsLeft: number;
}

export interface TrainedNetwork {
  topology: LayersTopology;
  weights: NamedWeights;
  /** SHA-256 (hex) over all weights. */
  weightsDigest: string;
  epochsRun: number;
  /**
   * @param samples rows × sample, preprocessed as the training's were
   * @returns probabilities, rows × classes
   */
  predict(samples: Omit<Samples, 'labels'>, rows: number): Promise<Float32Array>;
  /** Frees the backend's memory; `predict` cannot be called afterwards. */
  dispose(): void;
}
