import type { TensorSpec } from '@modelyard/contracts';
import { product, readNested as readSample, ShapeError } from '@modelyard/ml-tensors';
import { checkValues, nestedPath } from './check-values';
import { InputError } from './input-error';

/**
 * Reads nested lists of numbers. An image of one channel may be nested as [height][width]; the first sample
 * decides, and the others must look like it.
 * @throws InputError like `image[3] has 27 columns, expected 28`
 */
export function readNested(
  value: unknown,
  field: string,
  single: boolean,
  spec: TensorSpec,
  sampleShape: readonly number[],
): Float32Array {
  const samples = single ? [value] : (value as unknown[]);
  const nesting = channelLeftOut(samples[0], sampleShape) ? sampleShape.slice(0, -1) : sampleShape;
  const size = product(sampleShape);
  const values = new Float32Array(samples.length * size);
  try {
    for (let row = 0; row < samples.length; row += 1) {
      readSample(samples[row], nesting, single ? field : `${field}[${row}]`, values, row * size);
    }
  } catch (error) {
    if (error instanceof ShapeError) throw InputError.at(error.path, error.message);
    throw error;
  }
  checkValues(values, spec, (index) => nestedPath(field, index, nesting, !single));
  return values;
}

/** Whether a sample of shape [height, width, 1] came as plain rows of numbers. */
function channelLeftOut(sample: unknown, sampleShape: readonly number[]): boolean {
  if (sampleShape.length !== 3 || sampleShape[2] !== 1) return false;
  const row: unknown = Array.isArray(sample) ? sample[0] : undefined;
  const pixel: unknown = Array.isArray(row) ? row[0] : undefined;
  return pixel !== undefined && !Array.isArray(pixel);
}
