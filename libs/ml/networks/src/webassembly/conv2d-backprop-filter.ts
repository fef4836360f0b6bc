import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { spreadPixels } from './spread-pixels';

interface Attributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same';
  filterShape: [number, number, number, number];
}

/**
 * The gradient of a convolution's kernel. Laid out in one row of pixels, the padded input meets each tap of the kernel
 * at a constant distance, if dy is padded to the same rows: so the gradient of a tap, [in, out], is the product of the
 * input, shifted by that distance, with dy. Shifts are plain copies, and products of matrices have SIMD code.
 */
export const conv2dBackpropFilter: tf.KernelFunc = ({ inputs, attrs }) => {
  const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
  const { strides, pad, filterShape } = attrs as unknown as Attributes;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  return tf.tidy(() => {
    const input = padInput(x, info);
    const [batch, height, width] = input.shape;
    const errors = padErrors(spreadPixels(dy, info.strideHeight, info.strideWidth), height, width);
    const pixels = batch * height * width;
    const farthest = (filterHeight - 1) * width + filterWidth - 1;
    // Behind the last place where the kernel fits, dy is padding.
    const used = pixels - farthest;
    const channelsFirst = tf.transpose(tf.reshape(input, [pixels, inChannels]));
    const right = tf.slice(tf.reshape(errors, [pixels, outChannels]), [0, 0], [used, outChannels]);
    const taps: Tensor[] = [];
    for (let row = 0; row < filterHeight; row++) {
      for (let column = 0; column < filterWidth; column++) {
        const left = tf.slice(channelsFirst, [0, row * width + column], [inChannels, used]);
        taps.push(tf.matMul(left, right));
        left.dispose();
      }
    }
    return tf.reshape(tf.stack(taps), filterShape);
  });
};

function padInput(x: Tensor4D, { padInfo }: tf.backend_util.Conv2DInfo): Tensor4D {
  const { top, bottom, left, right } = padInfo;
  if (top + bottom + left + right === 0) return x;
  return tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}

function padErrors(errors: Tensor4D, height: number, width: number): Tensor4D {
  const [, rows, columns] = errors.shape;
  return tf.pad(errors, [
    [0, 0],
    [0, height - rows],
    [0, width - columns],
    [0, 0],
  ]);
}
