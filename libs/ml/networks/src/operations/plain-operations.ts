import { SeededGenerator } from '@modelyard/ml-statistics';
import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { PLAIN_ACTIVATIONS } from './activations';
import type { Operations } from './operations';

/** Everything from operations that each backend of TensorFlow.js has: what WebAssembly runs, and the measure for the fused ones. */
export const plainOperations: Operations = {
  addBias: (x, bias) => tf.add(x, bias),
  conv2d: (x, kernel, { strides, padding, dilation }) =>
    tf.conv2d(x as Tensor4D, kernel as Tensor4D, strides, padding, 'NHWC', dilation),
  maxPool: (x, { size, strides, padding }) => tf.maxPool(x as Tensor4D, size, strides, padding),
  activate: (x, activation) => PLAIN_ACTIVATIONS[activation](x),
  normalizeBatch,
  softmaxCrossEntropy,
  uniform,
};

function normalizeBatch(
  input: Parameters<Operations['normalizeBatch']>[0],
): ReturnType<Operations['normalizeBatch']> {
  const { x, gamma, beta, momentum, epsilon } = input;
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance } = tf.moments(x, axes);
  const y = tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon))), gamma), beta);
  const count = x.size / (x.shape.at(-1) as number);
  const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
  return {
    y,
    movingMean: tf.keep(blend(input.movingMean, mean, momentum)),
    movingVariance: tf.keep(blend(input.movingVariance, unbiased, momentum)),
  };
}

/** One step of a moving average. */
export function blend(moving: Tensor, batch: Tensor, momentum: number): Tensor {
  return tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum));
}

function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const loss = tf.customGrad((input, save) => {
    const x = input as Tensor;
    const [rows, classes] = x.shape as [number, number];
    const shifted = tf.sub(x, tf.max(x, -1, true));
    const exponentials = tf.exp(shifted);
    const sums = tf.sum(exponentials, -1, true);
    const wanted = tf.oneHot(labels as tf.Tensor1D, classes).toFloat();
    const value = tf.mean(tf.sub(tf.log(tf.squeeze(sums, [-1])), tf.sum(tf.mul(shifted, wanted), -1)));
    (save as tf.GradSaveFunc)([tf.div(tf.sub(tf.div(exponentials, sums), wanted), rows)]);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(saved[0] as Tensor, dy) };
  });
  return loss(logits);
}

function uniform(shape: number[], seeds: readonly [number, number]): Tensor {
  const generator = new SeededGenerator(seeds.join('.'));
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => belowOne(generator.next())),
    shape,
  );
}

/** A number just under one would round to one in single precision. */
function belowOne(value: number): number {
  return value > 1 - 2 ** -24 ? 1 - 2 ** -24 : value;
}
