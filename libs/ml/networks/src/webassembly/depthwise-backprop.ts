import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

type Shape4D = [number, number, number, number];
interface Attributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same';
  filterShape: Shape4D;
  inputShape: Shape4D;
}

/** The gradient of a depthwise convolution's kernel [height, width, in, multiplier]. */
export const depthwiseBackpropFilter: tf.KernelFunc = ({ inputs, attrs }) => {
  const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
  const { strides, pad, filterShape } = attrs as unknown as Attributes;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, undefined, true);
  const values = x.dataSync<'float32'>();
  const errors = dy.dataSync<'float32'>();
  const gradient = new Float32Array(tf.util.sizeFromShape(filterShape));
  const multiplier = filterShape[3];
  forEachTap(info, (input, output, tap) => {
    for (let channel = 0; channel < info.inChannels; channel++) {
      const value = values[input + channel] as number;
      const at = channel * multiplier;
      for (let q = at; q < at + multiplier; q++) {
        gradient[tap + q] = (gradient[tap + q] as number) + value * (errors[output + q] as number);
      }
    }
  });
  return tf.tensor(gradient, filterShape);
};

/** The gradient of a depthwise convolution's input. */
export const depthwiseBackpropInput: tf.KernelFunc = ({ inputs, attrs }) => {
  const { dy, filter } = inputs as unknown as { dy: Tensor4D; filter: Tensor4D };
  const { strides, pad, inputShape } = attrs as unknown as Attributes;
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, undefined, true);
  const weights = filter.dataSync<'float32'>();
  const errors = dy.dataSync<'float32'>();
  const gradient = new Float32Array(tf.util.sizeFromShape(inputShape));
  const multiplier = filter.shape[3];
  forEachTap(info, (input, output, tap) => {
    for (let channel = 0; channel < info.inChannels; channel++) {
      const at = channel * multiplier;
      let sum = gradient[input + channel] as number;
      for (let q = at; q < at + multiplier; q++)
        sum += (weights[tap + q] as number) * (errors[output + q] as number);
      gradient[input + channel] = sum;
    }
  });
  return tf.tensor(gradient, inputShape);
};

/** Calls with the offsets of a pixel of the input, the pixel of the output that it reaches, and the kernel's tap between them. */
function forEachTap(
  info: tf.backend_util.Conv2DInfo,
  visit: (input: number, output: number, tap: number) => void,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = info;
  for (let sample = 0; sample < info.batchSize; sample++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      for (let row = 0; row < filterHeight; row++) {
        const inRow = outRow * info.strideHeight - info.padInfo.top + row;
        if (inRow < 0 || inRow >= inHeight) continue;
        for (let outColumn = 0; outColumn < outWidth; outColumn++) {
          const output = ((sample * outHeight + outRow) * outWidth + outColumn) * outChannels;
          for (let column = 0; column < filterWidth; column++) {
            const inColumn = outColumn * info.strideWidth - info.padInfo.left + column;
            if (inColumn < 0 || inColumn >= inWidth) continue;
            const input = ((sample * inHeight + inRow) * inWidth + inColumn) * inChannels;
            visit(input, output, (row * filterWidth + column) * outChannels);
          }
        }
      }
    }
  }
}
