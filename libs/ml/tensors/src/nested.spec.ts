import fc from 'fast-check';
import { flattenNested, product, readNested, ShapeError } from './index';

const caught = (value: unknown, shape: number[], path = 'image'): ShapeError => {
  try {
    flattenNested(value, shape, path);
  } catch (error) {
    if (error instanceof ShapeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const nest = (data: number[], shape: number[]): unknown => {
  const [length, ...inner] = shape;
  if (length === undefined) return data[0];
  const step = product(inner);
  return Array.from({ length }, (_, i) => nest(data.slice(i * step, (i + 1) * step), inner));
};

describe('flattenNested', () => {
  it('reads row by row', () => {
    expect(
      flattenNested(
        [
          [1, 2],
          [3, 4.5],
        ],
        [2, 2],
        'x',
      ),
    ).toEqual({
      shape: [2, 2],
      dtype: 'float32',
      data: Float32Array.of(1, 2, 3, 4.5),
    });
  });

  it('reads a single number for the empty shape', () => {
    expect(flattenNested(7, [], 'x').data).toEqual(Float32Array.of(7));
  });

  it('takes any length for −1, the same throughout', () => {
    expect(
      flattenNested(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [-1, -1],
        'x',
      ).shape,
    ).toEqual([2, 3]);
    expect(flattenNested([], [-1, 3], 'x')).toMatchObject({ shape: [0, 3], data: new Float32Array(0) });
    expect(
      caught(
        [
          [1, 2, 3],
          [4, 5],
        ],
        [-1, -1],
        'x',
      ).message,
    ).toBe('x[1] has 2 columns, expected 3');
  });

  it.each([
    [Array(3).fill(Array(27).fill(0)), [3, 28], 'image[0]', 'image[0] has 27 columns, expected 28'],
    [[[0, 0]], [2, 2], 'image', 'image has 1 row, expected 2'],
    [[[[1, 2]]], [1, 1, 1], 'image[0][0]', 'image[0][0] has 2 channels, expected 1'],
    [[[[[1, 2]]]], [1, 1, 1, 1], 'image[0][0][0]', 'image[0][0][0] has 2 channels, expected 1'],
    [[1, 2], [3], 'image', 'image has 2 values, expected 3'],
    [5, [2], 'image', 'image is a number, expected an array of 2 values'],
    [{ 0: 1 }, [1], 'image', 'image is an object, expected an array of 1 value'],
    [undefined, [1], 'image', 'image is missing, expected an array of 1 value'],
    [[1, '2'], [2], 'image[1]', 'image[1] is a string, expected a number'],
    [[1, null], [2], 'image[1]', 'image[1] is null, expected a number'],
    [[[1], true], [2, 1], 'image[1]', 'image[1] is a boolean, expected an array of 1 column'],
    [[1, [2]], [2], 'image[1]', 'image[1] is an array, expected a number'],
    [[NaN], [1], 'image[0]', 'image[0] is NaN, expected a finite number'],
    [[-Infinity], [1], 'image[0]', 'image[0] is -Infinity, expected a finite number'],
    [[1e39], [1], 'image[0]', 'image[0] is 1e+39, too large for a 32-bit float'],
  ])('refuses %j for shape %j at %s', (value, shape, path, message) => {
    expect(caught(value, shape)).toMatchObject({ path, message });
  });

  it('does not believe the size that the first rows of a ragged array suggest', () => {
    const wide = Array(50_000).fill(0);
    const hostile = [[wide, ...Array(50_000).fill([])], ...Array(50_000).fill([])];
    expect(caught(hostile, [-1, -1, -1]).path).toBe('image[0][1]');
  });

  it('gives back what was nested, whatever the shape', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(
        shapes,
        fc.infiniteStream(fc.float({ noNaN: true, noDefaultInfinity: true })),
        (shape, numbers) => {
          const data = [...numbers.take(product(shape))];
          const tensor = flattenNested(nest(data, shape), shape, 'x');
          expect([...tensor.data]).toEqual(data);
          expect(tensor.shape).toEqual(shape);
        },
      ),
    );
  });

  it('throws nothing but ShapeError, whatever JSON it is given', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(fc.integer({ min: -1, max: 3 }).filter((d) => d !== 0)),
        (value, shape) => {
          try {
            flattenNested(value, shape, 'x');
          } catch (error) {
            expect(error).toBeInstanceOf(ShapeError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('readNested', () => {
  it('writes at its offset and says where the next sample goes', () => {
    const target = new Float32Array(5);
    expect(readNested([[1, 2]], [1, 2], 'x', target, 2)).toBe(4);
    expect(target).toEqual(Float32Array.of(0, 0, 1, 2, 0));
  });

  it('refuses to write beyond the end', () => {
    expect(() => readNested([1, 2], [2], 'x', new Float32Array(3), 2)).toThrow(RangeError);
  });
});
