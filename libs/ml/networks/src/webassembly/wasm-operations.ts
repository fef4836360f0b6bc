import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { BatchNormalizationInput, Operations } from '../operations/operations';
import { blend, plainOperations } from '../operations/plain-operations';

/**
 * The plain operations, but for those that add up all pixels of a channel: WebAssembly's own sums are scalar code, and
 * thirty times slower than the same sums as a product of matrices.
 */
export const wasmOperations: Operations = { ...plainOperations, addBias, normalizeBatch };

/** The sums of each column of x [rows, columns]. */
function columnSums(x: Tensor): Tensor1D {
  return tf.reshape(tf.matMul(tf.ones([1, x.shape[0]]), x as Tensor2D), [-1]);
}

/** [batch, …, channels] as [everything else, channels]. */
function asRows(x: Tensor): Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1) as number]);
}

function addBias(x: Tensor, bias: Tensor): Tensor {
  const run = tf.customGrad((input, vector) => ({
    value: tf.add(input as Tensor, vector as Tensor),
    gradFunc: (dy: Tensor) => [tf.clone(dy), columnSums(asRows(dy))],
  }));
  return run(x, bias);
}

/** Ioffe and Szegedy 2015, section 3: the transform and its gradient, over rows of channels. */
function normalizeBatch(input: BatchNormalizationInput): ReturnType<Operations['normalizeBatch']> {
  const { momentum, epsilon } = input;
  let moving: { movingMean: Tensor; movingVariance: Tensor } | undefined;
  const run = tf.customGrad((x, gamma, beta, save) => {
    const rows = asRows(x as Tensor);
    const [count] = rows.shape;
    const mean = tf.div(columnSums(rows), count);
    const centred = tf.sub(rows, mean);
    const variance = tf.div(columnSums(tf.square(centred)), count);
    const scale = tf.rsqrt(tf.add(variance, epsilon));
    const normalized = tf.mul(centred, scale);
    const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
    moving = {
      movingMean: tf.keep(blend(input.movingMean, mean, momentum)),
      movingVariance: tf.keep(blend(input.movingVariance, unbiased, momentum)),
    };
    (save as tf.GradSaveFunc)([normalized, scale, gamma as Tensor]);
    const value = tf.add(tf.mul(normalized, gamma as Tensor), beta as Tensor);
    return {
      value: tf.reshape(value, (x as Tensor).shape),
      gradFunc: (dy: Tensor, saved: Tensor[]) => gradients(dy, saved as [Tensor, Tensor, Tensor]),
    };
  });
  const y = run(input.x, input.gamma, input.beta);
  return { y, ...(moving as unknown as { movingMean: Tensor; movingVariance: Tensor }) };
}

function gradients(dy: Tensor, [normalized, scale, gamma]: [Tensor, Tensor, Tensor]): Tensor[] {
  const errors = asRows(dy);
  const [count] = errors.shape;
  const byBeta = columnSums(errors);
  const byGamma = columnSums(tf.mul(errors, normalized));
  const common = tf.add(tf.div(byBeta, count), tf.mul(normalized, tf.div(byGamma, count)));
  const byInput = tf.mul(tf.sub(errors, common), tf.mul(gamma, scale));
  return [tf.reshape(byInput, dy.shape), byGamma, byBeta];
}
