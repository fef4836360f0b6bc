import fc from 'fast-check';
import { stratifiedSplit } from './stratified-split';

const usual = { train: 0.7, validation: 0.1, test: 0.2 };
const names = ['train', 'validation', 'test'] as const;

const weights = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.nat(100), fc.nat(100));
const fractionsOf = ([a, b, c]: [number, number, number]) => {
  const sum = a + b + c;
  return { train: a / sum, validation: b / sum, test: c / sum };
};
const anyLabels = fc.array(fc.nat(5), { maxLength: 300 }).map((labels) => Int32Array.from(labels));

describe('stratifiedSplit', () => {
  it('puts every sample into exactly one split', () => {
    fc.assert(
      fc.property(anyLabels, weights, fc.integer(), (labels, weight, seed) => {
        const split = stratifiedSplit(labels, fractionsOf(weight), seed);
        const all = names.flatMap((name) => [...split[name]]).sort((a, b) => a - b);
        expect(all).toEqual(Array.from(labels, (_, i) => i));
      }),
    );
  });

  it('keeps the share of each class in each split, and of each split in the whole', () => {
    fc.assert(
      fc.property(anyLabels, weights, fc.integer(), (labels, weight, seed) => {
        const fractions = fractionsOf(weight);
        const split = stratifiedSplit(labels, fractions, seed);
        for (const name of names) {
          for (const label of new Set(labels)) {
            const size = labels.filter((other) => other === label).length;
            const count = split[name].filter((index) => labels[index] === label).length;
            expect(Math.abs(count - size * fractions[name])).toBeLessThan(3);
            if (fractions[name] === 0) expect(count).toBe(0);
            else if (size >= 3) expect(count).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('is exact where the numbers allow it', () => {
    const labels = Int32Array.from({ length: 150 }, (_, i) => Math.floor(i / 50));
    const split = stratifiedSplit(labels, { train: 0.6, validation: 0.2, test: 0.2 }, 1);
    expect(names.map((name) => split[name].length)).toEqual([90, 30, 30]);
  });

  it('does not let rounding pile up over many classes', () => {
    const labels = Int32Array.from({ length: 1500 }, (_, i) => i % 100);
    const split = stratifiedSplit(labels, usual, 1);
    expect(names.map((name) => split[name].length)).toEqual([1050, 150, 300]);
  });

  it('fills train first, then test, with a class of too few samples', () => {
    const count = (size: number): number[] => {
      const split = stratifiedSplit(new Int32Array(size), usual, 3);
      return names.map((name) => split[name].length);
    };
    expect([0, 1, 2, 3, 4].map(count)).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [1, 0, 1],
      [1, 1, 1],
      [2, 1, 1],
    ]);
  });

  it('gives the same division for the same seed and another for another', () => {
    const labels = Uint8Array.from({ length: 100 }, (_, i) => i % 4);
    expect(stratifiedSplit(labels, usual, 5)).toEqual(stratifiedSplit(labels, usual, 5));
    expect(stratifiedSplit(labels, usual, 5)).not.toEqual(stratifiedSplit(labels, usual, 6));
  });

  it.each([
    [{ train: 0.5, validation: 0.1, test: 0.1 }, 'The fractions must add up to 1'],
    [{ train: 1.5, validation: 0, test: -0.5 }, 'The fraction of train must be from 0 to 1, not 1.5'],
    [{ train: 0, validation: 0.5, test: 0.5 }, 'The fraction of train must be above 0'],
    [{ train: NaN, validation: 0, test: 1 }, 'The fraction of train must be from 0 to 1, not NaN'],
  ])('refuses %j', (fractions, message) => {
    expect(() => stratifiedSplit(new Int32Array(3), fractions, 1)).toThrow(message);
  });
});
