import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

interface Attributes {
  transposeA: boolean;
  transposeB: boolean;
}

/**
 * Wraps the backend's product of matrices: it has SIMD code for plain ones only, and is twenty times slower where one
 * is to be transposed, as in every gradient of a product. Transposing first costs next to nothing.
 */
export function transposingFirst(multiply: tf.KernelFunc): tf.KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { a, b } = inputs as unknown as { a: Tensor; b: Tensor };
    const { transposeA, transposeB } = attrs as unknown as Attributes;
    const plain = { ...attrs, transposeA: false, transposeB: false };
    if (!transposeA && !transposeB) return multiply({ inputs, attrs: plain, backend });
    return tf.tidy(() => {
      const product = multiply({
        inputs: { a: transposeA ? swapLastAxes(a) : a, b: transposeB ? swapLastAxes(b) : b },
        attrs: plain,
        backend,
      });
      return tf.engine().makeTensorFromTensorInfo(product as tf.TensorInfo);
    });
  };
}

function swapLastAxes(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tf.transpose(x, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}
