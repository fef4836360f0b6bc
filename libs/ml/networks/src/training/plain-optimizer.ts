import type { OptimizerSpec } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Optimizer, OptimizerStart, OptimizerState } from './optimizer';
import { slotsOf } from './optimizer';

/** The parameter and its slots after one update. */
type Update = (parameter: Tensor, gradient: Tensor, slots: readonly Tensor[]) => [Tensor, ...Tensor[]];

/** The formulas of Keras, as TensorFlow's own update operations compute them. `step` counts from 1. */
function updateFor(spec: OptimizerSpec, step: number): Update {
  const rate = spec.learningRate;
  switch (spec.type) {
    case 'sgd':
      return (parameter, gradient, [momentum]) => {
        const change = tf.mul(gradient, -rate);
        if (momentum === undefined) return [tf.add(parameter, change)];
        const next = tf.add(tf.mul(momentum, spec.momentum), change);
        const moved = spec.nesterov ? tf.add(tf.mul(next, spec.momentum), change) : next;
        return [tf.add(parameter, moved), next];
      };
    case 'adam': {
      // Kingma and Ba 2015, section 2: both bias corrections folded into the rate.
      const corrected = (rate * Math.sqrt(1 - spec.beta2 ** step)) / (1 - spec.beta1 ** step);
      return (parameter, gradient, slots) => {
        const [mean, variance] = slots as [Tensor, Tensor];
        const nextMean = tf.add(mean, tf.mul(tf.sub(gradient, mean), 1 - spec.beta1));
        const nextVariance = tf.add(variance, tf.mul(tf.sub(tf.square(gradient), variance), 1 - spec.beta2));
        const change = tf.div(tf.mul(nextMean, corrected), tf.add(tf.sqrt(nextVariance), spec.epsilon));
        return [tf.sub(parameter, change), nextMean, nextVariance];
      };
    }
    case 'rmsprop':
      return (parameter, gradient, slots) => {
        const [meanSquare] = slots as [Tensor];
        const next = tf.add(meanSquare, tf.mul(tf.sub(tf.square(gradient), meanSquare), 1 - spec.decay));
        const change = tf.mul(gradient, tf.mul(tf.rsqrt(tf.add(next, spec.epsilon)), rate));
        return [tf.sub(parameter, change), next];
      };
  }
}

/** Updates from the operations that every backend has. */
export class PlainOptimizer implements Optimizer {
  private readonly parameters: Tensor[];
  /** By parameter, then by slot. */
  private readonly slots: Tensor[][];
  private step: number;

  constructor(private readonly start: OptimizerStart) {
    this.step = start.state?.step ?? 0;
    this.parameters = start.parameters.map(({ data, shape }) => tf.tensor(data.slice(), shape));
    this.slots = start.parameters.map(({ shape }, index) =>
      slotsOf(start.spec).map((slot) => {
        const stored = start.state?.slots[slot]?.[index];
        return stored === undefined ? tf.zeros(shape) : tf.tensor(stored.slice(), shape);
      }),
    );
  }

  read(): Tensor[] {
    return this.parameters.map((parameter) => tf.clone(parameter));
  }

  apply(gradients: readonly Tensor[]): void {
    const update = updateFor(this.start.spec, ++this.step);
    gradients.forEach((gradient, index) => {
      const parameter = this.parameters[index] as Tensor;
      const slots = this.slots[index] as Tensor[];
      const [moved, ...nextSlots] = tf.tidy(() => update(parameter, gradient, slots));
      tf.dispose([parameter, slots]);
      this.parameters[index] = tf.keep(moved);
      this.slots[index] = nextSlots.map((slot) => tf.keep(slot));
    });
  }

  state(): OptimizerState {
    const names = slotsOf(this.start.spec);
    const read = (slot: number): Float32Array[] =>
      this.slots.map((slots) => Float32Array.from((slots[slot] as Tensor).dataSync()));
    return { step: this.step, slots: Object.fromEntries(names.map((name, slot) => [name, read(slot)])) };
  }

  dispose(): void {
    tf.dispose([this.parameters, this.slots]);
  }
}
