import fc from 'fast-check';
import { SeededGenerator } from '../seeded-generator';
import { chanceLevel } from './chance-level';
import { jensenShannonDistance } from './jensen-shannon';
import { measureShift } from './measure-shift';
import { populationStability } from './population-stability';

const histogram = fc.array(fc.nat(10_000), { minLength: 2, maxLength: 30 });
const pair = fc
  .integer({ min: 1, max: 30 })
  .chain((bins) =>
    fc.tuple(
      ...[1, 2].map(() =>
        fc.array(fc.nat(10_000), { minLength: bins, maxLength: bins }).filter((h) => h.some(Boolean)),
      ),
    ),
  ) as fc.Arbitrary<[number[], number[]]>;

describe('distances', () => {
  // SciPy 1.17.1. For counts f and t of B bins, p = (f + 0.5) / (sum(f) + B / 2) and q likewise:
  // entropy(p, q) + entropy(q, p); scipy.spatial.distance.jensenshannon(f, t, base=2).
  it.each([
    [[30, 50, 20], [40, 40, 20], 0.04967947316925597, 0.09584323377689244],
    [[5, 0, 10, 85], [0, 5, 30, 65], 0.4964245678726631, 0.3120753824463469],
    [[1000, 2000, 3000, 4000], [12, 18, 31, 39], 0.00706242861251489, 0.03378304932974906],
  ])('are those of SciPy for %p and %p', (from, to, psi, jensenShannon) => {
    expect(populationStability(from, to)).toBeCloseTo(psi, 12);
    expect(jensenShannonDistance(from, to)).toBeCloseTo(jensenShannon, 12);
  });

  it('are 0 for equal histograms, and for multiples of them', () => {
    fc.assert(
      fc.property(histogram, fc.integer({ min: 1, max: 50 }), (counts, times) => {
        fc.pre(counts.some(Boolean));
        const multiple = counts.map((count) => count * times);
        expect(populationStability(counts, multiple)).toBeCloseTo(0, 9);
        expect(jensenShannonDistance(counts, multiple)).toBeCloseTo(0, 6);
      }),
    );
  });

  it('are symmetric, not negative, and JS at most 1', () => {
    fc.assert(
      fc.property(pair, ([from, to]) => {
        const psi = populationStability(from, to) as number;
        const distance = jensenShannonDistance(from, to) as number;
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
        expect(populationStability(to, from)).toBeCloseTo(psi, 9);
        expect(jensenShannonDistance(to, from)).toBeCloseTo(distance, 9);
      }),
    );
  });

  it('are unknown without rows, and refuse other bins', () => {
    expect(populationStability([0, 0], [1, 2])).toBeNull();
    expect(jensenShannonDistance([1, 2], [0, 0])).toBeNull();
    expect(measureShift([0], [1])).toBeNull();
    expect(() => populationStability([1], [1, 2])).toThrow(RangeError);
    expect(() => jensenShannonDistance([1], [1, 2])).toThrow(RangeError);
  });

  it('are 1 when nothing is in common', () => {
    expect(jensenShannonDistance([3, 0], [0, 9])).toBe(1);
  });
});

describe('chanceLevel', () => {
  // scipy.stats.chi2.ppf(0.999, bins - 1) * (1 / n + 1 / m)
  it.each([
    [2, 10.827566170662733],
    [5, 18.46682695290317],
    [10, 27.877164871256568],
    [51, 86.66081519040317],
  ])('is near the quantile of χ² for %p bins', (bins, quantile) => {
    const { populationStability: level } = chanceLevel(bins, 1000, 500);
    expect(level / (quantile * (1 / 1000 + 1 / 500))).toBeCloseTo(1, bins === 2 ? 1 : 1.5);
  });

  it('is hardly ever exceeded by samples of one distribution', () => {
    const generator = new SeededGenerator('chance');
    const sample = (rows: number): number[] => {
      const counts = new Array<number>(10).fill(0);
      for (let i = 0; i < rows; i++) {
        const bin = generator.integer(10);
        counts[bin] = (counts[bin] as number) + 1;
      }
      return counts;
    };
    let alarms = 0;
    for (let trial = 0; trial < 500; trial++) {
      const shift = measureShift(sample(2000), sample(100));
      if (shift && (shift.psi > shift.chance.psi || shift.jensenShannon > shift.chance.jensenShannon))
        alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(5);
  });

  it('is 0 for a single bin', () => {
    expect(chanceLevel(1, 10, 10)).toEqual({ populationStability: 0, jensenShannon: 0 });
  });
});
