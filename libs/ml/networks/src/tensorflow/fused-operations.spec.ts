import * as tf from '@tensorflow/tfjs';
import type { Backend } from '../backend/backend';
import { backendFor } from '../backend/open-backend';
import { plainOperations } from '../operations/plain-operations';
import { largestGradientError, passFor } from '../testing/gradient-checks';
import { gradientsOf, lossOf } from '../testing/gradients-of';
import { LAYER_CASES } from '../testing/layer-cases';

describe('fused operations', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await backendFor({ backend: 'tensorflow', threads: 1 });
  });

  // Dropout draws its numbers from another source.
  const comparable = LAYER_CASES.filter(({ title }) => title !== 'dropout');

  it.each(comparable)('give the loss and the gradients of the plain ones: $title', (layerCase) => {
    const fused = passFor(layerCase, backend.operations);
    const plain = passFor(layerCase, plainOperations);
    expect(lossOf(fused)).toBeCloseTo(lossOf(plain), 5);
    const expected = gradientsOf(plain);
    for (const [name, gradient] of gradientsOf(fused)) {
      expect([name, largestDifference(gradient, expected.get(name) as Float32Array)]).toEqual([name, 0]);
    }
  });

  it.each(LAYER_CASES)('have the gradients of numeric differences: $title', (layerCase) => {
    expect(largestGradientError(layerCase, backend.operations)).toBeLessThan(2e-3);
  });

  it('blend the moving values of batch normalization as the plain ones do', () => {
    const [plain, fused] = [plainOperations, backend.operations].map((operations) => {
      const { movingMean, movingVariance } = operations.normalizeBatch({
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
      return [...movingMean.dataSync(), ...movingVariance.dataSync()];
    });
    // By hand: means 4 and 3.5/3; unbiased variances 13 and 12.5833….
    expect(plain?.map((value) => value.toFixed(4))).toEqual(['1.2000', '0.4333', '3.4000', '4.9167']);
    fused?.forEach((value, index) => expect(value).toBeCloseTo(plain?.[index] as number, 5));
  });

  it('draw the same numbers for the same seeds, evenly', () => {
    const draw = (a: number, b: number): number[] => [
      ...backend.operations.uniform([2000], [a, b]).dataSync(),
    ];
    const numbers = draw(3, 4);
    expect(draw(3, 4)).toEqual(numbers);
    expect(draw(4, 3)).not.toEqual(numbers);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.026); // four standard errors
  });
});

/** Relative to the largest gradient; what rounding may do is none. */
function largestDifference(actual: Float32Array, expected: Float32Array): number {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  const difference = actual.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (expected[index] as number))),
    0,
  );
  return difference / scale < 1e-4 ? 0 : difference / scale;
}
