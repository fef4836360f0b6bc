import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Preprocessed samples, one after the other, with the index of each one's class. */
export interface Samples {
  values: Float32Array;
  labels: Int32Array;
}

export interface Batch {
  /** [rows, …sample shape] */
  input: Tensor;
  /** int32 [rows] */
  labels: Tensor;
  rows: number;
}

/** @throws RangeError when values and labels do not belong together, or there are none */
export function checkSamples(samples: Samples, sampleSize: number, classes: number, name: string): void {
  const rows = samples.labels.length;
  if (rows === 0) throw new RangeError(`There are no samples for ${name}`);
  if (samples.values.length !== rows * sampleSize) {
    throw new RangeError(
      `The ${name} samples have ${samples.values.length} values, expected ${rows} × ${sampleSize}`,
    );
  }
  const wrong = samples.labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0) {
    throw new RangeError(
      `The label of ${name} sample ${wrong} is ${samples.labels[wrong]}, and there are ${classes} classes`,
    );
  }
}

/** Copies the samples at `order[start … end)` into one batch; without an order, the samples at these places themselves. */
export function gatherBatch(
  samples: Samples,
  sampleShape: number[],
  range: { start: number; end: number; order?: Uint32Array },
): Batch {
  const { start, end, order } = range;
  const size = sampleShape.reduce((product, length) => product * length, 1);
  const rows = end - start;
  const values = new Float32Array(rows * size);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = order === undefined ? start + row : (order[start + row] as number);
    values.set(samples.values.subarray(from * size, (from + 1) * size), row * size);
    labels[row] = samples.labels[from] as number;
  }
  return { input: tf.tensor(values, [rows, ...sampleShape]), labels: tf.tensor1d(labels, 'int32'), rows };
}
