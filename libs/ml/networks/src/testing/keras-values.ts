import type { Activation } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Optimizer, OptimizerStart } from '../training/optimizer';
import { OPTIMIZERS } from './small-training';

export const ACTIVATION_INPUTS = [-7, -2.5, -1, -0.25, 0, 0.25, 1, 2.5, 7];

/**
 * Made with Keras 3.15.1 on TensorFlow 2.18.1 (`keras.activations.get(name)(x)`, six digits); `gelu_new` is its
 * approximate gelu. `hardSigmoid` is min(max(0.2 x + 0.5, 0), 1), by hand: Keras 3 divides by 6 instead.
 */
export const KERAS_ACTIVATIONS: Record<Activation, number[]> = {
  linear: ACTIVATION_INPUTS,
  hardSigmoid: [0, 0, 0.3, 0.45, 0.5, 0.55, 0.7, 1, 1],
  relu: [0, 0, 0, 0, 0, 0.25, 1, 2.5, 7],
  relu6: [0, 0, 0, 0, 0, 0.25, 1, 2.5, 6],
  elu: [-0.999088, -0.917915, -0.632121, -0.221199, 0, 0.25, 1, 2.5, 7],
  selu: [-1.7565, -1.61379, -1.11133, -0.38889, 0, 0.262675, 1.0507, 2.62675, 7.35491],
  sigmoid: [0.000911051, 0.0758582, 0.268941, 0.437823, 0.5, 0.562177, 0.731059, 0.924142, 0.999089],
  softplus: [0.000911466, 0.0788897, 0.313262, 0.575939, 0.693147, 0.825939, 1.31326, 2.57889, 7.00091],
  softsign: [-0.875, -0.714286, -0.5, -0.2, 0, 0.2, 0.5, 0.714286, 0.875],
  tanh: [-0.999998, -0.986614, -0.761594, -0.244919, 0, 0.244919, 0.761594, 0.986614, 0.999998],
  softmax: [
    8.17796e-7, 7.36157e-5, 0.000329923, 0.000698446, 0.000896823, 0.00115154, 0.00243782, 0.0109255,
    0.983486,
  ],
  logSoftmax: [-14.0167, -9.51665, -8.01665, -7.26665, -7.01665, -6.76665, -6.01665, -4.51665, -0.0166524],
  swish: [-0.00637736, -0.189645, -0.268941, -0.109456, 0, 0.140544, 0.731059, 2.31035, 6.99362],
  mish: [-0.00638026, -0.196816, -0.303401, -0.129927, 0, 0.169572, 0.865098, 2.47139, 6.99999],
  gelu: [0, -0.0155242, -0.158655, -0.100323, 0, 0.149677, 0.841345, 2.48448, 7],
  gelu_new: [0, -0.0150843, -0.158808, -0.100325, 0, 0.149675, 0.841192, 2.48492, 7],
};

export const OPTIMIZER_GRADIENTS = [
  [1, -2, 0.5],
  [0.25, 4, -1],
  [-3, 0.125, 2],
];

/** [1, −2, 0.5] after these three gradients, by Keras 3.15.1's optimizers of the same settings (seven digits). */
export const KERAS_OPTIMIZERS: Record<string, number[]> = {
  sgd: [1.0875, -2.10625, 0.425],
  'sgd with momentum': [0.9963, -2.0461, 0.4709],
  'sgd with Nesterov': [1.03167, -2.08399, 0.44381],
  adam: [0.9856208, -1.996666, 0.489473],
  rmsprop: [0.9952608, -1.998945, 0.484475],
};

/** Where an optimizer ends that starts like Keras' did; written to a state and read back before the last gradient. */
export function optimize(create: (start: OptimizerStart) => Optimizer, title: string): number[] {
  const spec = OPTIMIZERS.find((candidate) => candidate.title === title)?.optimizer;
  if (spec === undefined) throw new Error(`there is no optimizer ${title}`);
  let data = Float32Array.of(1, -2, 0.5);
  let optimizer = create({ spec, parameters: [{ shape: [3], data }] });
  OPTIMIZER_GRADIENTS.forEach((gradient, index) => {
    if (index === OPTIMIZER_GRADIENTS.length - 1) {
      const state = optimizer.state();
      optimizer.dispose();
      optimizer = create({ spec, parameters: [{ shape: [3], data }], state });
    }
    tf.tidy(() => optimizer.apply([tf.tensor1d(gradient)]));
    data = tf.tidy(() => Float32Array.from(optimizer.read()[0]?.dataSync() ?? []));
  });
  optimizer.dispose();
  return [...data];
}
