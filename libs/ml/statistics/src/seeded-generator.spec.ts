import fc from 'fast-check';
import { murmurHash } from './murmur-hash';
import { SeededGenerator } from './seeded-generator';

const draw = (generator: SeededGenerator, count: number): number[] =>
  Array.from({ length: count }, () => generator.next());

describe('SeededGenerator', () => {
  it('gives the reference sequence of xoshiro128**', () => {
    // From the authors' C code (https://prng.di.unimi.it/xoshiro128starstar.c) with s = {1, 2, 3, 4}.
    const generator = SeededGenerator.restore([1, 2, 3, 4, 0, 0, 0, 0]);
    const words = Array.from({ length: 6 }, () => generator.integer(0x100000000));
    expect(words).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });

  it('depends on the seed alone, given as number or text', () => {
    expect(draw(new SeededGenerator(7), 5)).toEqual(draw(new SeededGenerator('7'), 5));
    expect(draw(new SeededGenerator(7), 5)).not.toEqual(draw(new SeededGenerator(8), 5));
  });

  it('refuses a seed that is no number', () => {
    expect(() => new SeededGenerator(NaN)).toThrow('The seed NaN is not finite');
  });

  it('forks streams that do not depend on how much was drawn', () => {
    const fresh = new SeededGenerator(1);
    const used = new SeededGenerator(1);
    draw(used, 100);
    expect(draw(used.fork('shuffle'), 3)).toEqual(draw(fresh.fork('shuffle'), 3));
    expect(draw(fresh.fork('shuffle'), 3)).not.toEqual(draw(fresh.fork('dropout'), 3));
    expect(draw(fresh.fork('a').fork('b'), 3)).not.toEqual(draw(fresh.fork('b').fork('a'), 3));
  });

  it('goes on from a state, forks too', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(50), (seed, drawn) => {
        const generator = new SeededGenerator(seed);
        draw(generator, drawn);
        const restored = SeededGenerator.restore(JSON.parse(JSON.stringify(generator.state())) as number[]);
        expect(draw(restored.fork('x'), 2)).toEqual(draw(generator.fork('x'), 2));
        expect(draw(restored, 5)).toEqual(draw(generator, 5));
      }),
    );
  });

  it.each([[[]], [[0, 0, 0, 0, 1, 1, 1, 1]], [[1, 2, 3, 4, 5, 6, 7, -1]], [[1, 2, 3, 4, 5, 6, 7, 0.5]]])(
    'refuses %j as a state',
    (state) => expect(() => SeededGenerator.restore(state)).toThrow(RangeError),
  );

  it('draws integers in range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 0x100000000 }), (seed, max) => {
        const value = new SeededGenerator(seed).integer(max);
        expect(Number.isInteger(value) && value >= 0 && value < max).toBe(true);
      }),
    );
  });

  it.each([0, -1, 1.5, 2 ** 33, NaN])('refuses integer(%p)', (max) => {
    expect(() => new SeededGenerator(1).integer(max)).toThrow(RangeError);
  });

  it('draws integers evenly', () => {
    const counts = new Array<number>(7).fill(0);
    const generator = new SeededGenerator('even');
    for (let i = 0; i < 70_000; i++) counts[generator.integer(7)]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.46); // 99.9 % quantile, 6 degrees of freedom
  });

  it('draws numbers with the moments of their distribution', () => {
    const generator = new SeededGenerator('moments');
    const n = 100_000;
    const uniform = draw(generator, n);
    const normal = Array.from({ length: n }, () => generator.normal());
    const moment = (values: number[], power: number): number =>
      values.reduce((sum, value) => sum + value ** power, 0) / n;
    expect(Math.min(...uniform.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform.slice(0, 50_000))).toBeLessThan(1);
    // Tolerances are four standard errors.
    expect(Math.abs(moment(uniform, 1) - 1 / 2)).toBeLessThan(0.0037);
    expect(Math.abs(moment(uniform, 2) - 1 / 3)).toBeLessThan(0.0038);
    expect(Math.abs(moment(normal, 1))).toBeLessThan(0.0127);
    expect(Math.abs(moment(normal, 2) - 1)).toBeLessThan(0.018);
    expect(Math.abs(moment(normal, 4) - 3)).toBeLessThan(0.13);
  });

  it('permutes: every number exactly once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(300), (seed, n) => {
        const order = new SeededGenerator(seed).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });
});

it('murmurHash gives the published values', () => {
  // Test vectors of MurmurHash3_x86_32 (en.wikipedia.org/wiki/MurmurHash and smhasher).
  expect(murmurHash('', 0)).toBe(0);
  expect(murmurHash('', 1)).toBe(0x514e28b7);
  expect(murmurHash('test', 0x9747b28c)).toBe(0x704b81dc);
  expect(murmurHash('Hello, world!', 0x9747b28c)).toBe(0x24884cba);
  expect(murmurHash('The quick brown fox jumps over the lazy dog', 0x9747b28c)).toBe(0x2fa826cd);
});
