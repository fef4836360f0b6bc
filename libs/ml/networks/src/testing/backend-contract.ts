import { ACTIVATIONS } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations/operations';
import type { CreateOptimizer } from '../training/optimizer';
import { largestGradientError } from './gradient-checks';
import { ACTIVATION_INPUTS, KERAS_ACTIVATIONS, KERAS_OPTIMIZERS, optimize } from './keras-values';
import { LAYER_CASES } from './layer-cases';

/** What every backend must do, whatever it is made of. */
export function describeBackend(
  name: string,
  open: () => { operations: Operations; createOptimizer: CreateOptimizer },
): void {
  describe(`${name} keeps the contract of a backend`, () => {
    it.each(LAYER_CASES)('gradients are those of numeric differences: $title', (layerCase) => {
      expect(largestGradientError(layerCase, open().operations)).toBeLessThan(2e-3);
    });

    it.each(ACTIVATIONS)('activation %s has the values of Keras', (activation) => {
      const values = tf.tidy(() => [
        ...open()
          .operations.activate(tf.tensor2d([ACTIVATION_INPUTS]), activation)
          .dataSync(),
      ]);
      const expected = KERAS_ACTIVATIONS[activation];
      values.forEach((value, index) => {
        const wanted = expected[index] as number;
        expect(Math.abs(value - wanted)).toBeLessThan(2e-5 * Math.max(1, Math.abs(wanted)));
      });
    });

    it.each(Object.keys(KERAS_OPTIMIZERS))('%s moves as in Keras, also from a stored state', (title) => {
      const before = tf.memory().numTensors;
      const moved = optimize((start) => open().createOptimizer(start), title);
      moved.forEach((value, index) =>
        expect(value).toBeCloseTo(KERAS_OPTIMIZERS[title]?.[index] as number, 5),
      );
      expect(tf.memory().numTensors).toBe(before);
    });

    it('blends the moving values of batch normalization', () => {
      const moved = tf.tidy(() => {
        const { movingMean, movingVariance } = open().operations.normalizeBatch({
          x: tf.tensor2d([
            [1, -2],
            [3, 5],
            [8, 0.5],
          ]),
          gamma: tf.tensor1d([1, 2]),
          beta: tf.tensor1d([0, 1]),
          movingMean: tf.tensor1d([0.5, 0.25]),
          movingVariance: tf.tensor1d([1, 3]),
          momentum: 0.8,
          epsilon: 0.001,
        });
        const values = [...movingMean.dataSync(), ...movingVariance.dataSync()];
        tf.dispose([movingMean, movingVariance]);
        return values;
      });
      // By hand: means 4 and 3.5 / 3, unbiased variances 13 and 12.5833….
      [1.2, 0.43333, 3.4, 4.91667].forEach((value, index) => expect(moved[index]).toBeCloseTo(value, 4));
    });

    it('draws the same numbers for the same seeds, evenly', () => {
      const draw = (a: number, b: number): number[] =>
        tf.tidy(() => [...open().operations.uniform([2000], [a, b]).dataSync()]);
      const numbers = draw(3, 4);
      expect(draw(3, 4)).toEqual(numbers);
      expect(draw(4, 3)).not.toEqual(numbers);
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.026); // four standard errors
    });
  });
}
