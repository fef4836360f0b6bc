import fc from 'fast-check';
import { timeBoundaries } from './time-split';

const usual = { train: 0.7, validation: 0.1, test: 0.2 };

describe('timeBoundaries', () => {
  it('is exact where every sample has its own time', () => {
    expect(timeBoundaries(new Array(100).fill(1), usual)).toEqual({ train: 70, validation: 80 });
    expect(timeBoundaries([], usual)).toEqual({ train: 0, validation: 0 });
    expect(timeBoundaries([5], usual)).toEqual({ train: 1, validation: 1 });
  });

  it('gives the earlier split what has the same time, and never too little', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 80 }), (counts) => {
        const { train, validation } = timeBoundaries(counts, usual);
        const sum = (to: number): number => counts.slice(0, to).reduce((a, b) => a + b, 0);
        const rows = sum(counts.length);
        expect(train).toBeLessThanOrEqual(validation);
        expect(sum(train)).toBeGreaterThanOrEqual(Math.round(rows * 0.7));
        if (train > 0) expect(sum(train - 1)).toBeLessThan(Math.round(rows * 0.7));
        expect(sum(validation)).toBeGreaterThanOrEqual(Math.round(rows * 0.8));
      }),
    );
  });

  it('refuses fractions that leave nothing to learn from', () => {
    expect(() => timeBoundaries([1], { train: 0, validation: 0, test: 1 })).toThrow('above 0');
  });
});
