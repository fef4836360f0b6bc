import type { PreprocessingStep } from '@modelyard/contracts';
import fc from 'fast-check';
import { applyPreprocessing, fitPreprocessing, parsePreprocessing, serializePreprocessing } from './index';

// The first ten rows of iris.
const iris = Float32Array.of(
  ...[5.1, 3.5, 1.4, 0.2, 4.9, 3, 1.4, 0.2, 4.7, 3.2, 1.3, 0.2, 4.6, 3.1, 1.5, 0.2, 5, 3.6, 1.4, 0.2],
  ...[5.4, 3.9, 1.7, 0.4, 4.6, 3.4, 1.4, 0.3, 5, 3.4, 1.5, 0.2, 4.4, 2.9, 1.4, 0.2, 4.9, 3.1, 1.5, 0.1],
);
const standardize: PreprocessingStep = { type: 'standardize', epsilon: 1e-12 };

describe('preprocessing', () => {
  it('standardizes as scikit-learn does', () => {
    // sklearn 1.9.1: StandardScaler().fit_transform(load_iris().data[:10].astype('float32').astype(float))[:2]
    const expected = [
      ...[0.8682891334533596, 0.6520782309441896, -0.48795003647426655, -0.26726124902403625],
      ...[0.14471528685959326, -1.063917242843217, -0.48795003647426655, -0.26726124902403625],
    ];
    const transformed = applyPreprocessing(fitPreprocessing([standardize], iris, [4]), iris, [4]);
    expected.forEach((value, i) => expect(transformed[i]).toBeCloseTo(value, 5));
  });

  it('standardizes what the steps before give', () => {
    const steps: PreprocessingStep[] = [{ type: 'rescale', scale: 2, offset: -3 }, standardize];
    const direct = fitPreprocessing([standardize], iris, [4]);
    const composed = fitPreprocessing(steps, iris, [4]);
    composed.scale.forEach((scale, i) => expect(scale).toBeCloseTo(direct.scale[i] as number, 5));
    composed.offset.forEach((offset, i) => expect(offset).toBeCloseTo(direct.offset[i] as number, 4));
  });

  it('uses one map for each channel of images', () => {
    // Two images of one row, two columns, two channels: channel 0 is 1 2 3 4, channel 1 is 10 10 30 30.
    const images = Float32Array.of(1, 10, 2, 10, 3, 30, 4, 30);
    const fitted = fitPreprocessing([{ type: 'standardize', epsilon: 1e-12 }], images, [1, 2, 2]);
    expect(fitted.scale.map((scale) => 1 / scale)).toEqual([
      expect.closeTo(Math.sqrt(1.25), 5),
      expect.closeTo(10, 5),
    ]);
    expect([...applyPreprocessing(fitted, images, [1, 2, 2])].filter((_, i) => i % 2 === 1)).toEqual([
      -1, -1, 1, 1,
    ]);
  });

  it('is nothing without steps', () => {
    const fitted = fitPreprocessing([], iris, [4]);
    expect(fitted).toEqual({ kind: 'affine', scale: [1, 1, 1, 1], offset: [0, 0, 0, 0] });
    expect(applyPreprocessing(fitted, iris, [4])).toEqual(iris);
  });

  it('only centres a constant column', () => {
    const fitted = fitPreprocessing([standardize], Float32Array.of(0.1, 1, 0.1, 3), [2]);
    expect(fitted.scale[0]).toBe(1);
    expect(applyPreprocessing(fitted, Float32Array.of(0.1, 1), [2])[0]).toBe(0);
  });

  it('gives mean 0 and variance 1, whatever the values', () => {
    const columns = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(columns, (column) => {
        const values = Float32Array.from(column);
        const spread = Math.max(...values) - Math.min(...values);
        fc.pre(spread > 1);
        const result = applyPreprocessing(fitPreprocessing([standardize], values, [1]), values, [1]);
        const mean = result.reduce((sum, y) => sum + y, 0) / result.length;
        const variance = result.reduce((sum, y) => sum + (y - mean) ** 2, 0) / result.length;
        expect(Math.abs(mean)).toBeLessThan(1e-2);
        expect(Math.abs(variance - 1)).toBeLessThan(1e-2);
      }),
    );
  });

  it('composes rescalings into what they are one after the other', () => {
    const rescale = fc.record({
      type: fc.constant('rescale' as const),
      scale: fc.double({ min: -10, max: 10, noNaN: true }),
      offset: fc.double({ min: -10, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(rescale, { maxLength: 4 }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        (steps, x) => {
          const value = Float32Array.of(x);
          const expected = steps.reduce((y, { scale, offset }) => y * scale + offset, value[0] as number);
          const [result = NaN] = applyPreprocessing(fitPreprocessing(steps, value, [1]), value, [1]);
          expect(Math.abs(result - expected)).toBeLessThan(0.1);
        },
      ),
    );
  });

  it('survives being written and read', () => {
    const fitted = fitPreprocessing([standardize], iris, [4]);
    expect(parsePreprocessing(serializePreprocessing(fitted))).toEqual(fitted);
  });

  it.each([
    'null',
    '[]',
    '{',
    '{"kind":"affine","scale":[1],"offset":[]}',
    '{"kind":"affine","scale":["1"],"offset":[1]}',
  ])('does not read %s', (text) => expect(() => parsePreprocessing(text)).toThrow(SyntaxError));

  it.each<[string, () => unknown, string]>([
    [
      'to standardize by nothing',
      () => fitPreprocessing([standardize], new Float32Array(0), [4]),
      'no training samples',
    ],
    [
      'samples that are not whole',
      () => fitPreprocessing([], iris, [7]),
      '40 values do not make samples of [7]',
    ],
    [
      'a result beyond float32',
      () => fitPreprocessing(Array(10).fill({ type: 'rescale', scale: 1e6, offset: 0 }), iris, [4]),
      'Preprocessing of channel 0 is not finite',
    ],
    [
      'other channels than fitted for',
      () => applyPreprocessing(fitPreprocessing([], iris, [4]), iris, [2]),
      'Preprocessing for 4 channels cannot be applied to 2',
    ],
    [
      'half a sample',
      () => applyPreprocessing(fitPreprocessing([], iris, [4]), iris.subarray(1), [4]),
      '39 values do not make samples of [4]',
    ],
  ])('refuses %s', (_what, act, message) => expect(act).toThrow(message));
});
