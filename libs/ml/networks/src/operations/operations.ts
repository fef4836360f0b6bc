import type { Activation, Padding } from '@modelyard/contracts';
import type { Tensor } from '@tensorflow/tfjs';

export interface ConvolutionGeometry {
  strides: [number, number];
  padding: Padding;
  dilation: [number, number];
}

export interface Pooling {
  size: [number, number];
  strides: [number, number];
  padding: Padding;
}

export interface BatchNormalizationInput {
  /** [batch, …, channels] */
  x: Tensor;
  /** [channels], as the four below. */
  gamma: Tensor;
  beta: Tensor;
  movingMean: Tensor;
  movingVariance: Tensor;
  /** Share of the moving values that stays at each step. */
  momentum: number;
  epsilon: number;
}

/**
 * What layers are made of where a backend may have something better than the plain operations of TensorFlow.js.
 * All of it can be differentiated by the tape, and is tidied by the caller's scope unless stated.
 */
export interface Operations {
  /** x + bias, with bias [channels] along the last axis. */
  addBias(x: Tensor, bias: Tensor): Tensor;
  /** x [batch, height, width, in] ∗ kernel [height, width, in, out]. */
  conv2d(x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry): Tensor;
  /** x [batch, height, width, channels]. */
  maxPool(x: Tensor, pooling: Pooling): Tensor;
  activate(x: Tensor, activation: Activation): Tensor;
  /**
   * Normalizes with the batch's own mean and variance. The moving values that come back are kept tensors of the caller's;
   * the variance in them is the unbiased one (n − 1), as in TensorFlow's fused operation.
   */
  normalizeBatch(input: BatchNormalizationInput): { y: Tensor; movingMean: Tensor; movingVariance: Tensor };
  /** Mean over the batch of −log softmax(logits)[label]. logits [batch, classes], labels int32 [batch]. */
  softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor;
  /** Uniform numbers in [0, 1): the same for the same two seeds (31 bits each), whatever was drawn before. */
  uniform(shape: number[], seeds: readonly [number, number]): Tensor;
}
