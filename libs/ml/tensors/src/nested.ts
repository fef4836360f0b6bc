import { product } from './shape';
import { ShapeError } from './shape-error';
import type { Tensor } from './tensor';

export interface FlatTensor extends Tensor {
  dtype: 'float32';
  data: Float32Array;
}

/**
 * Reads nested arrays of numbers, as JSON brings them, into one float32 tensor. Nothing is coerced: strings, booleans,
 * null, NaN, infinities and numbers beyond float32 are errors, and so are ragged arrays.
 *
 * @param shape what is expected, without a batch dimension; −1 takes any length, the same one throughout
 * @param path how the client calls the value; errors name the place below it
 * @throws ShapeError `image[3] has 27 columns, expected 28`
 */
export function flattenNested(value: unknown, shape: readonly number[], path: string): FlatTensor {
  // All lengths are checked before anything is allocated: the size of a hostile ragged array is never believed.
  const resolved = resolveShape(value, shape);
  const place = new Place(path);
  checkLengths(value, resolved, 0, place);
  const data = new Float32Array(product(resolved));
  fill(value, resolved, 0, place, data, 0);
  return { shape: resolved, dtype: 'float32', data };
}

/**
 * Like {@link flattenNested} for a fully known shape, straight into `target` at `offset`, so that a batch is decoded
 * without a copy. On an error a part of the range may have been written.
 *
 * @returns the offset behind the last value written
 * @throws ShapeError as `flattenNested`
 * @throws RangeError when the values do not fit into `target`
 */
export function readNested(
  value: unknown,
  shape: readonly number[],
  path: string,
  target: Float32Array,
  offset: number,
): number {
  const end = offset + product(shape);
  if (!(end <= target.length)) throw new RangeError(`${end} values do not fit into ${target.length}`);
  const place = new Place(path);
  checkLengths(value, shape, 0, place);
  return fill(value, shape, 0, place, target, offset);
}

/** Where the reader is. The path is written out only for an error: doing it for every pixel would cost more than reading. */
class Place {
  readonly indices: number[] = [];

  constructor(private readonly root: string) {}

  path(depth: number): string {
    return (
      this.root +
      this.indices
        .slice(0, depth)
        .map((index) => `[${index}]`)
        .join('')
    );
  }
}

/** Takes each −1 from the first array at its depth; `checkLengths` then holds all others to it. */
function resolveShape(value: unknown, shape: readonly number[]): number[] {
  let level = value;
  return shape.map((dimension) => {
    const length = Array.isArray(level) ? level.length : 0;
    level = Array.isArray(level) ? level[0] : undefined;
    return dimension === -1 ? length : dimension;
  });
}

function checkLengths(value: unknown, shape: readonly number[], depth: number, place: Place): void {
  const expected = shape[depth];
  if (expected === undefined) return;
  if (!Array.isArray(value)) {
    const wanted = `expected an array of ${counted(expected, shape, depth)}`;
    throw new ShapeError(place.path(depth), `is ${describe(value)}, ${wanted}`);
  }
  if (value.length !== expected) {
    throw new ShapeError(
      place.path(depth),
      `has ${counted(value.length, shape, depth)}, expected ${expected}`,
    );
  }
  if (depth + 1 === shape.length) return;
  for (let i = 0; i < expected; i++) {
    place.indices[depth] = i;
    checkLengths(value[i], shape, depth + 1, place);
  }
}

/** Writes a value whose lengths are known to be right. */
function fill(
  value: unknown,
  shape: readonly number[],
  depth: number,
  place: Place,
  target: Float32Array,
  offset: number,
): number {
  if (depth === shape.length) {
    target[offset] = finite(value, place, depth);
    return offset + 1;
  }
  const array = value as unknown[];
  let next = offset;
  for (let i = 0; i < array.length; i++) {
    place.indices[depth] = i;
    next = fill(array[i], shape, depth + 1, place, target, next);
  }
  return next;
}

const FLOAT32_MAX = 3.4028234663852886e38;

function finite(value: unknown, place: Place, depth: number): number {
  if (typeof value === 'number' && Math.abs(value) <= FLOAT32_MAX) return value;
  const path = place.path(depth);
  if (typeof value !== 'number') throw new ShapeError(path, `is ${describe(value)}, expected a number`);
  if (!Number.isFinite(value)) throw new ShapeError(path, `is ${value}, expected a finite number`);
  throw new ShapeError(path, `is ${value}, too large for a 32-bit float`);
}

/** The value's kind, never the value itself: it may be long, and it may be private. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const IMAGE_DIMENSIONS = ['row', 'column', 'channel'];

/** `27 columns`. The last three dimensions of rank 3 and more, and both of rank 2, are called as those of an image. */
function counted(count: number, shape: readonly number[], depth: number): string {
  const first = shape.length > 3 ? shape.length - 3 : 0;
  const name = shape.length > 1 ? (IMAGE_DIMENSIONS[depth - first] ?? 'item') : 'value';
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
