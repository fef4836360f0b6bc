import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

interface Attributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'valid' | 'same';
}

/** The offsets of a window's pixels: the first `count` entries of `pixels`. Reused from window to window. */
interface Window {
  pixels: Int32Array;
  count: number;
}

/** The gradient of max pooling: all of dy goes to the first of the largest values in each window. */
export const maxPoolGrad: tf.KernelFunc = ({ inputs, attrs }) => {
  const { dy, input } = inputs as unknown as { dy: Tensor4D; input: Tensor4D };
  const values = input.dataSync<'float32'>();
  const errors = dy.dataSync<'float32'>();
  const gradient = new Float32Array(values.length);
  forEachWindow(input, attrs as unknown as Attributes, ({ pixels, count }, output, channels) => {
    for (let channel = 0; channel < channels; channel++) {
      let best = (pixels[0] as number) + channel;
      for (let index = 1; index < count; index++) {
        const candidate = (pixels[index] as number) + channel;
        if ((values[candidate] as number) > (values[best] as number)) best = candidate;
      }
      gradient[best] = (gradient[best] as number) + (errors[output + channel] as number);
    }
  });
  return tf.tensor(gradient, input.shape);
};

/**
 * The gradient of average pooling: dy in equal parts to the pixels of each window. Padding is no pixel: the backend's
 * own kernel counts it, which does not fit the forward pass.
 */
export const avgPoolGrad: tf.KernelFunc = ({ inputs, attrs }) => {
  const { dy, input } = inputs as unknown as { dy: Tensor4D; input: Tensor4D };
  const errors = dy.dataSync<'float32'>();
  const gradient = new Float32Array(input.size);
  forEachWindow(input, attrs as unknown as Attributes, ({ pixels, count }, output, channels) => {
    for (let index = 0; index < count; index++) {
      const pixel = pixels[index] as number;
      for (let channel = 0; channel < channels; channel++) {
        const part = (errors[output + channel] as number) / count;
        gradient[pixel + channel] = (gradient[pixel + channel] as number) + part;
      }
    }
  });
  return tf.tensor(gradient, input.shape);
};

/** Calls with the input's pixels in each window (padding left out), and the offset of the output's pixel. */
function forEachWindow(
  input: Tensor4D,
  { filterSize, strides, pad }: Attributes,
  visit: (window: Window, output: number, channels: number) => void,
): void {
  const info = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad);
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels } = info;
  const pixels = new Int32Array(info.filterHeight * info.filterWidth);
  for (let sample = 0; sample < batchSize; sample++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const top = outRow * info.strideHeight - info.padInfo.top;
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * info.strideWidth - info.padInfo.left;
        let count = 0;
        for (let row = Math.max(0, top); row < Math.min(inHeight, top + info.filterHeight); row++) {
          for (
            let column = Math.max(0, left);
            column < Math.min(inWidth, left + info.filterWidth);
            column++
          ) {
            pixels[count++] = ((sample * inHeight + row) * inWidth + column) * inChannels;
          }
        }
        visit(
          { pixels, count },
          ((sample * outHeight + outRow) * outWidth + outColumn) * inChannels,
          inChannels,
        );
      }
    }
  }
}
