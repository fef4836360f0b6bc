import fc from 'fast-check';
import { argMax, product, softmax } from './index';

describe('softmax', () => {
  it('gives known values, row by row', () => {
    // numpy: e = np.exp(x - x.max()); e / e.sum() for [1, 2, 3] and [0, 0, 0]
    const expected = [0.09003057317038046, 0.24472847105479764, 0.6652409557748218, 1 / 3, 1 / 3, 1 / 3];
    softmax(Float32Array.of(1, 2, 3, 0, 0, 0), 3).forEach((p, i) =>
      expect(p).toBeCloseTo(expected[i] as number, 7),
    );
  });

  it('sums to 1 and keeps the order, even for logits that would overflow exp', () => {
    const logits = fc.float32Array({ minLength: 2, maxLength: 20, noNaN: true, min: -1000, max: 1000 });
    fc.assert(
      fc.property(logits, (row) => {
        const probabilities = softmax(row);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
        expect(probabilities[argMax(row)]).toBe(Math.max(...probabilities));
      }),
    );
  });

  it('refuses rows that do not come out even', () => {
    expect(() => softmax(new Float32Array(5), 2)).toThrow('5 logits do not make rows of 2 classes');
  });
});

describe('argMax', () => {
  it('finds the first of the largest values in its range', () => {
    expect(argMax([1, 3, 3, 2])).toBe(1);
    expect(argMax([9, 1, 5, 4], 1, 3)).toBe(1);
    expect(argMax([NaN, 1])).toBe(1);
  });

  it('refuses an empty range', () => {
    expect(() => argMax([])).toThrow(RangeError);
  });
});

it('product counts the values of a shape', () => {
  expect(product([2, 3, 4])).toBe(24);
  expect(product([])).toBe(1);
});
