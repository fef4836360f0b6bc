import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

/** Puts zeros between the pixels of dy [batch, height, width, channels] where the convolution strode over some. */
export function spreadPixels(dy: Tensor4D, down: number, across: number): Tensor4D {
  if (down === 1 && across === 1) return dy;
  const [batch, height, width, channels] = dy.shape;
  const tall = spreadMiddle(tf.reshape(dy, [batch * height, 1, width * channels]), down);
  const wide = spreadMiddle(tf.reshape(tall, [batch * height * down * width, 1, channels]), across);
  const spread = tf.reshape<tf.Rank.R4>(wide, [batch, height * down, width * across, channels]);
  const used = [batch, (height - 1) * down + 1, (width - 1) * across + 1, channels];
  return tf.slice(spread, [0, 0, 0, 0], used);
}

function spreadMiddle(x: tf.Tensor, factor: number): tf.Tensor {
  return tf.pad(x, [
    [0, 0],
    [0, factor - 1],
    [0, 0],
  ]);
}
