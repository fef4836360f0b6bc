import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Samples, one after the other, with the index of each one's class. */
export interface Samples {
  /** Preprocessed values; or bytes, which `lookup` turns into such batch by batch, so that images take a quarter of the memory. */
  values: Float32Array | Uint8Array;
  labels: Int32Array;
  /** Of bytes: what byte b of channel c is for the network, at c × 256 + b. */
  lookup?: Float32Array;
}

export interface Batch {
  /** [rows, …sample shape] */
  input: Tensor;
  /** int32 [rows] */
  labels: Tensor;
  rows: number;
}

/** Which samples: those at `order[start … end)`; without an order, those at these places themselves. */
export interface SampleRange {
  start: number;
  end: number;
  order?: Uint32Array;
}

/** How many values a byte has. */
const BYTE_VALUES = 256;

/** @throws RangeError when values and labels do not belong together, or there are none */
export function checkSamples(samples: Samples, sampleShape: number[], classes: number, name: string): void {
  const { values, labels, lookup } = samples;
  const rows = labels.length;
  const sampleSize = sizeOf(sampleShape);
  if (rows === 0) throw new RangeError(`There are no samples for ${name}`);
  if (values.length !== rows * sampleSize) {
    throw new RangeError(
      `The ${name} samples have ${values.length} values, expected ${rows} × ${sampleSize}`,
    );
  }
  const entries = values instanceof Uint8Array ? BYTE_VALUES * (sampleShape.at(-1) ?? 0) : undefined;
  if (lookup?.length !== entries) {
    throw new RangeError(
      `The lookup of ${name} samples has ${lookup?.length ?? 'no'} entries, expected ${entries ?? 'none'}`,
    );
  }
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0) {
    throw new RangeError(
      `The label of ${name} sample ${wrong} is ${labels[wrong]}, and there are ${classes} classes`,
    );
  }
}

/** Copies samples into one batch. */
export function gatherBatch(samples: Samples, sampleShape: number[], range: SampleRange): Batch {
  const { start, end, order } = range;
  const rows = end - start;
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    labels[row] = samples.labels[
      order === undefined ? start + row : (order[start + row] as number)
    ] as number;
  }
  const values = gatherValues(samples, sampleShape, range);
  return { input: tf.tensor(values, [rows, ...sampleShape]), labels: tf.tensor1d(labels, 'int32'), rows };
}

/** The values of samples as the network takes them: rows × sample. */
export function gatherValues(
  { values, lookup }: Omit<Samples, 'labels'>,
  sampleShape: number[],
  { start, end, order }: SampleRange,
): Float32Array {
  const size = sizeOf(sampleShape);
  const channels = sampleShape.at(-1) ?? 1;
  const gathered = new Float32Array((end - start) * size);
  for (let row = 0; row < end - start; row++) {
    const from = size * (order === undefined ? start + row : (order[start + row] as number));
    if (lookup === undefined) gathered.set(values.subarray(from, from + size), row * size);
    else lookUp(values, from, lookup, channels, gathered.subarray(row * size, (row + 1) * size));
  }
  return gathered;
}

function lookUp(
  bytes: ArrayLike<number>,
  from: number,
  lookup: Float32Array,
  channels: number,
  into: Float32Array,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const base = channel * BYTE_VALUES;
    for (let i = channel; i < into.length; i += channels) {
      into[i] = lookup[base + (bytes[from + i] as number)] as number;
    }
  }
}

function sizeOf(shape: number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
