import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { spreadPixels } from './spread-pixels';

interface Attributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same';
  inputShape: [number, number, number, number];
}

/**
 * The gradient of a convolution's input: dy, with zeros between its pixels where the convolution strode over some,
 * convolved with the kernel turned by half a turn. The backend's own kernel does it in scalar code, eight times slower
 * on a 3 × 3 convolution of 32 to 64 channels.
 */
export const conv2dBackpropInput: tf.KernelFunc = ({ inputs, attrs }) => {
  const { dy, filter } = inputs as unknown as { dy: Tensor4D; filter: Tensor4D };
  const { strides, pad, inputShape } = attrs as unknown as Attributes;
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad);
  return tf.tidy(() => {
    const turned = tf.transpose<Tensor4D>(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    const spread = spreadPixels(dy, info.strideHeight, info.strideWidth);
    const [, height, width] = spread.shape;
    // What the padding must be for every pixel of the input to meet each tap that it met before.
    const top = info.filterHeight - 1 - info.padInfo.top;
    const left = info.filterWidth - 1 - info.padInfo.left;
    const bottom = info.inHeight - (height + top - info.filterHeight + 1);
    const right = info.inWidth - (width + left - info.filterWidth + 1);
    return tf.conv2d(
      tf.pad(spread, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]),
      turned,
      1,
      'valid',
    );
  });
};
