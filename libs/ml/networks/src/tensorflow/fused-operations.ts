import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Operations } from '../operations/operations';
import { plainOperations } from '../operations/plain-operations';
import { argmaxPooling } from './argmax-pooling';
import { fusedActivation } from './fused-activations';
import { fusedBatchNormalization } from './fused-batch-normalization';
import type { Native } from './native';

/** TensorFlow's fused operations, which TensorFlow.js never calls: the same results from far fewer calls and passes over memory. */
export function fusedOperations(native: Native, { onGpu }: { onGpu: boolean }): Operations {
  return {
    addBias: (x, bias) => addBias(native, x, bias),
    conv2d: (x, kernel, geometry) => plainOperations.conv2d(x, kernel, geometry),
    maxPool: onGpu ? (x, pooling) => plainOperations.maxPool(x, pooling) : argmaxPooling(native),
    activate: fusedActivation(native),
    normalizeBatch: fusedBatchNormalization(native),
    softmaxCrossEntropy: (logits, labels) => softmaxCrossEntropy(native, logits, labels),
    uniform: (shape, seeds) =>
      native.run(
        'StatelessRandomUniform',
        [tf.tensor1d(shape, 'int32'), tf.tensor1d([...seeds], 'int32')],
        [native.type('dtype'), native.type('T', 'int32'), native.type('Tseed', 'int32')],
      ),
  };
}

function addBias(native: Native, x: Tensor, bias: Tensor): Tensor {
  const attributes = [native.type('T'), native.text('data_format', 'NHWC')];
  const run = tf.customGrad((input, vector) => ({
    value: native.run('BiasAdd', [input as Tensor, vector as Tensor], attributes),
    gradFunc: (dy: Tensor) => [tf.clone(dy), native.run('BiasAddGrad', [dy], attributes)],
  }));
  return run(x, bias);
}

function softmaxCrossEntropy(native: Native, logits: Tensor, labels: Tensor): Tensor {
  const run = tf.customGrad((input, save) => {
    const [losses, gradient] = native.runMany(
      'SparseSoftmaxCrossEntropyWithLogits',
      [input as Tensor, labels],
      [native.type('T'), native.type('Tlabels', 'int32')],
      2,
    ) as [Tensor, Tensor];
    (save as tf.GradSaveFunc)([gradient]);
    return {
      value: tf.mean(losses),
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(saved[0] as Tensor, tf.div(dy, losses.size)),
    };
  });
  return run(logits);
}
