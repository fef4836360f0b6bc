import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

/**
 * Puts zeros between the taps of a convolution's kernel [height, width, in, out], so that it does without dilation what
 * the kernel does with it.
 * @returns undefined where there is nothing to dilate
 */
export function dilateKernel(kernel: Tensor4D, [down, across]: [number, number]): Tensor4D | undefined {
  if (down === 1 && across === 1) return undefined;
  const [height, width, input, output] = kernel.shape;
  const tall = spreadFirstAxis(tf.reshape(kernel, [height, width * input * output]), down);
  const rows = tall.shape[0];
  // The columns' turn: bring them to the front, spread them, and put them back.
  const columnsFirst = tf.transpose(tf.reshape(tall, [rows, width, input * output]), [1, 0, 2]);
  const wide = spreadFirstAxis(tf.reshape(columnsFirst, [width, rows * input * output]), across);
  const columns = wide.shape[0];
  const back = tf.transpose(tf.reshape(wide, [columns, rows, input * output]), [1, 0, 2]);
  return tf.reshape(back, [rows, columns, input, output]);
}

function spreadFirstAxis(x: Tensor, factor: number): Tensor {
  if (factor === 1) return x;
  const [length, rest] = x.shape as [number, number];
  const padded = tf.pad(tf.reshape(x, [length, 1, rest]), [
    [0, 0],
    [0, factor - 1],
    [0, 0],
  ]);
  return tf.slice(tf.reshape(padded, [length * factor, rest]), [0, 0], [(length - 1) * factor + 1, rest]);
}
