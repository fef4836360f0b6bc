import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Operations, Pooling } from '../operations/operations';
import type { Native } from './native';

/**
 * Max pooling that remembers where each maximum was. TensorFlow's usual gradient looks for it again, in a kernel that
 * takes four times as long as this one on a CPU. Not for GPUs: there the sums' order would be left to chance.
 */
export function argmaxPooling(native: Native): Operations['maxPool'] {
  return (x, pooling) => {
    const attributes = poolingAttributes(native, pooling);
    const run = tf.customGrad((image, save) => {
      // 32-bit places: the forward kernel for 64 bits is five times slower, and the gradient has none but that.
      const forward = [...attributes, native.type('Targmax', 'int32')];
      const [value, places] = native.runMany('MaxPoolWithArgmax', [image as Tensor], forward, 2) as [
        Tensor,
        Tensor,
      ];
      (save as tf.GradSaveFunc)([image as Tensor, places]);
      return {
        value,
        gradFunc: (dy: Tensor, saved: Tensor[]) => {
          const [input, kept] = saved as [Tensor, Tensor];
          const inputs = [input, dy, native.asInt64(kept)];
          return native.run('MaxPoolGradWithArgmax', inputs, [
            ...attributes,
            native.type('Targmax', 'int64'),
          ]);
        },
      };
    });
    return run(x);
  };
}

function poolingAttributes(
  native: Native,
  { size, strides, padding }: Pooling,
): ReturnType<Native['type']>[] {
  return [
    native.type('T'),
    native.integers('ksize', [1, ...size, 1]),
    native.integers('strides', [1, ...strides, 1]),
    native.text('padding', padding.toUpperCase()),
    native.boolean('include_batch_in_index', false),
  ];
}
