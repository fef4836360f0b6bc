import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

interface Attributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same';
  filterShape: [number, number, number, number];
}

/**
 * The gradient of a convolution's kernel. Each tap of the kernel saw one strided window of the padded input, so its
 * gradient [in, out] is that window's product with dy over all positions: a matrix product, which WebAssembly does
 * with SIMD.
 */
export const conv2dBackpropFilter: tf.KernelFunc = ({ inputs, attrs }) => {
  const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
  const { strides, pad, filterShape } = attrs as unknown as Attributes;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
  const { top, bottom, left, right } = info.padInfo;
  const positions = info.batchSize * info.outHeight * info.outWidth;
  return tf.tidy(() => {
    const isPadded = top + bottom + left + right > 0;
    const padded = isPadded
      ? tf.pad(x, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ])
      : x;
    // Channels first, once for all taps: a window is then the left factor as it stands.
    const channelsFirst = tf.transpose(padded, [3, 0, 1, 2]);
    const errors = tf.reshape(dy, [positions, info.outChannels]);
    const taps: Tensor[] = [];
    for (let row = 0; row < info.filterHeight; row++) {
      for (let column = 0; column < info.filterWidth; column++) {
        const window = windowOf(channelsFirst, row, column, info);
        taps.push(tf.matMul(tf.reshape(window, [info.inChannels, positions]), errors));
      }
    }
    return tf.reshape(tf.stack(taps), filterShape);
  });
};

/** @param padded [channels, batch, height, width] */
function windowOf(padded: Tensor, row: number, column: number, info: tf.backend_util.Conv2DInfo): Tensor {
  const { batchSize, outHeight, outWidth, strideHeight, strideWidth, inChannels } = info;
  const begin = [0, 0, row, column];
  if (strideHeight === 1 && strideWidth === 1) {
    return tf.slice(padded, begin, [inChannels, batchSize, outHeight, outWidth]);
  }
  const bottom = row + (outHeight - 1) * strideHeight + 1;
  const right = column + (outWidth - 1) * strideWidth + 1;
  return tf.stridedSlice(
    padded,
    begin,
    [inChannels, batchSize, bottom, right],
    [1, 1, strideHeight, strideWidth],
  );
}
