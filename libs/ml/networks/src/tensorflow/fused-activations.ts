import type { Activation } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { PLAIN_ACTIVATIONS } from '../operations/activations';
import type { Native } from './native';

interface FusedActivation {
  forward: string;
  gradient: string;
  /** What the gradient operation needs beside dy. */
  from: 'x' | 'y';
  /** Whether the gradient operation takes dy first or last. */
  dy: 'first' | 'last';
}

/** Activations whose gradient is one operation of TensorFlow, where TensorFlow.js spells it out in several. */
const FUSED: Partial<Record<Activation, FusedActivation>> = {
  relu: { forward: 'Relu', gradient: 'ReluGrad', from: 'y', dy: 'first' },
  relu6: { forward: 'Relu6', gradient: 'Relu6Grad', from: 'y', dy: 'first' },
  elu: { forward: 'Elu', gradient: 'EluGrad', from: 'y', dy: 'first' },
  selu: { forward: 'Selu', gradient: 'SeluGrad', from: 'y', dy: 'first' },
  sigmoid: { forward: 'Sigmoid', gradient: 'SigmoidGrad', from: 'y', dy: 'last' },
  tanh: { forward: 'Tanh', gradient: 'TanhGrad', from: 'y', dy: 'last' },
  softplus: { forward: 'Softplus', gradient: 'SoftplusGrad', from: 'x', dy: 'first' },
  softsign: { forward: 'Softsign', gradient: 'SoftsignGrad', from: 'x', dy: 'first' },
};

export function fusedActivation(native: Native): (x: Tensor, activation: Activation) => Tensor {
  const type = [native.type('T')];
  return (x, activation) => {
    const fused = FUSED[activation];
    if (fused === undefined) return PLAIN_ACTIVATIONS[activation](x);
    const run = tf.customGrad((input, save) => {
      const value = native.run(fused.forward, [input as Tensor], type);
      (save as tf.GradSaveFunc)([fused.from === 'x' ? (input as Tensor) : value]);
      return {
        value,
        gradFunc: (dy: Tensor, saved: Tensor[]) => {
          const [kept] = saved as [Tensor];
          return native.run(fused.gradient, fused.dy === 'first' ? [dy, kept] : [kept, dy], type);
        },
      };
    });
    return run(x);
  };
}
