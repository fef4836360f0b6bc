import type { OptimizerSpec, WeightTensor } from '@modelyard/contracts';
import type { Tensor } from '@tensorflow/tfjs';

/** Everything of an optimizer that a checkpoint needs beside the weights. */
export interface OptimizerState {
  /** Updates made so far: Adam's bias correction depends on it. */
  step: number;
  /** By slot (such as Adam's moments), then by parameter. */
  slots: Record<string, Float32Array[]>;
}

/** Holds the trainable parameters and moves them down their gradients. */
export interface Optimizer {
  /** The current values, in the order given at the start. They are the caller's scope's to tidy, and never to change. */
  read(): Tensor[];
  /** Moves every parameter once. The caller must have disposed of what `read` gave, or TensorFlow copies each parameter. */
  apply(gradients: readonly Tensor[]): void;
  state(): OptimizerState;
  dispose(): void;
}

export interface OptimizerStart {
  spec: OptimizerSpec;
  parameters: readonly WeightTensor[];
  /** Where to go on; all slots are zero without it. */
  state?: OptimizerState;
}

export type CreateOptimizer = (start: OptimizerStart) => Optimizer;

/** The slots that each kind of optimizer keeps per parameter, all zero at the start. */
export const OPTIMIZER_SLOTS: Record<OptimizerSpec['type'], readonly string[]> = {
  sgd: ['momentum'],
  adam: ['mean', 'variance'],
  rmsprop: ['meanSquare'],
};

/** Plain gradient descent has no momentum to keep. */
export function slotsOf(spec: OptimizerSpec): readonly string[] {
  return spec.type === 'sgd' && spec.momentum === 0 ? [] : OPTIMIZER_SLOTS[spec.type];
}
