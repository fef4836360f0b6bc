import type { Activation } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** The formulas of TensorFlow.js' layers; `softmax` and `logSoftmax` run over the last axis. */
export const PLAIN_ACTIVATIONS: Record<Activation, (x: Tensor) => Tensor> = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  sigmoid: (x) => tf.sigmoid(x),
  hardSigmoid: (x) => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1),
  softplus: (x) => tf.softplus(x),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  tanh: (x) => tf.tanh(x),
  softmax: (x) => tf.softmax(x),
  logSoftmax,
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  gelu_new: (x) => {
    const inner = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
  },
};

/** From operations that every backend has: WebAssembly lacks LogSoftmax. The maximum cancels out, so it needs no gradient. */
function logSoftmax(x: Tensor): Tensor {
  const forward = tf.customGrad((input, save) => {
    const logits = input as Tensor;
    const shifted = tf.sub(logits, tf.max(logits, -1, true));
    const value = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
    (save as tf.GradSaveFunc)([value]);
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [logProbabilities] = saved as [Tensor];
        return tf.sub(dy, tf.mul(tf.exp(logProbabilities), tf.sum(dy, -1, true)));
      },
    };
  });
  return forward(x);
}
