import type { PackedDataset } from './packed-dataset';

export interface GatheredSamples {
  /** indices.length × product(shape), as they are in the dataset: nothing is rescaled. */
  values: Float32Array;
  labels: Int32Array;
}

/**
 * Copies the chosen samples, in the order of `indices`.
 * @throws RangeError when an index is no row of the dataset
 */
export function gather(dataset: PackedDataset, indices: ArrayLike<number>): GatheredSamples {
  const width = dataset.rows === 0 ? 0 : dataset.values.length / dataset.rows;
  const values = new Float32Array(indices.length * width);
  const labels = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i] as number;
    const label = dataset.labels[row];
    if (label === undefined) throw new RangeError(`There is no row ${row} among ${dataset.rows}`);
    labels[i] = label;
    values.set(dataset.values.subarray(row * width, (row + 1) * width), i * width);
  }
  return { values, labels };
}
