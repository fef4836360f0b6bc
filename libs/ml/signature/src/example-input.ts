import type { Signature } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { onlyInput, sampleShapeOf } from './sample-shape';

/**
 * A predict body that this model takes: `{image: [[…]]}`, `{row: {column: value}}` or `{row: […]}`.
 * @param sample the flat values of one sample; without it, an image with a bright middle, or a row of ones
 * @throws Error when the sample's length does not fit the signature
 */
export function exampleInput(signature: Signature, sample?: ArrayLike<number>): Record<string, unknown> {
  const spec = onlyInput(signature);
  const shape = sampleShapeOf(signature);
  const size = product(shape);
  if (sample !== undefined && sample.length !== size) {
    throw new Error(`the sample has ${sample.length} values, expected ${size} for [${shape.join(', ')}]`);
  }
  if (signature.task !== 'image-classification') {
    const row = sample === undefined ? new Array<number>(size).fill(1) : Array.from(sample);
    return {
      row:
        spec.columns === undefined ? row : Object.fromEntries(spec.columns.map((name, i) => [name, row[i]])),
    };
  }
  const values = sample ?? brightMiddle(shape, spec.minimum ?? 0, spec.maximum ?? 1);
  return { image: nest(values, withoutSingleChannel(shape), 0) };
}

function withoutSingleChannel(shape: number[]): number[] {
  return shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape;
}

function brightMiddle(shape: readonly number[], dark: number, bright: number): number[] {
  const [height = 1, width = 1, channels = 1] = shape;
  const values: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = y >= height / 4 && y < (height * 3) / 4 && x >= width / 4 && x < (width * 3) / 4;
      for (let channel = 0; channel < channels; channel += 1) values.push(inside ? bright : dark);
    }
  }
  return values;
}

function nest(values: ArrayLike<number>, shape: readonly number[], start: number): unknown[] {
  const [length = 0, ...rest] = shape;
  const stride = product(rest);
  return Array.from({ length }, (_, index) =>
    rest.length === 0 ? values[start + index] : nest(values, rest, start + index * stride),
  );
}
