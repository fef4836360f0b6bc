import type { Signature } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import type { DecodedInput, DecodeOptions } from './decoded-input';
import { checkValues, nestedPath } from './check-values';
import { DEFAULT_MAX_ROWS } from './decode-body';
import { InputError } from './input-error';
import { onlyInput, sampleShapeOf } from './sample-shape';

/** The types in which raw little-endian values are taken, with their size in bytes. */
export const RAW_DTYPES = {
  float32: 4,
  float64: 8,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
} as const;
export type RawDType = keyof typeof RAW_DTYPES;

/**
 * Reads raw little-endian values, row-major, samples one after another without a header. The number of samples
 * follows from the length. `float32` at an aligned address is read without a copy.
 *
 * @throws InputError when the length is no multiple of one sample, there are too many samples, or a value is not allowed
 */
export function decodeTypedBytes(
  signature: Signature,
  bytes: Uint8Array,
  dtype: RawDType = 'float32',
  options: DecodeOptions = {},
): DecodedInput {
  const spec = onlyInput(signature);
  const shape = sampleShapeOf(signature);
  const sampleBytes = product(shape) * RAW_DTYPES[dtype];
  const rows = bytes.byteLength / sampleBytes;
  const layout = `${sampleBytes} bytes for each sample of ${dtype} [${shape.join(', ')}]`;
  if (rows === 0 || !Number.isInteger(rows)) {
    throw InputError.at('body', `the body has ${bytes.byteLength} bytes, expected a multiple of ${layout}`);
  }
  const maximum = options.maxRows ?? DEFAULT_MAX_ROWS;
  if (rows > maximum) {
    throw InputError.at(
      'body',
      `the body has ${rows} samples, at most ${maximum} are allowed in one request`,
    );
  }
  const values = toFloat32(bytes, dtype);
  checkValues(values, spec, (index) => nestedPath('body', index, shape, true));
  return { values, rows, single: rows === 1 };
}

function toFloat32(bytes: Uint8Array, dtype: RawDType): Float32Array {
  if (dtype === 'uint8') return Float32Array.from(bytes);
  const size = RAW_DTYPES[dtype];
  if (dtype === 'float32' && bytes.byteOffset % size === 0) {
    // Every platform that Node runs on here is little-endian, as the wire is.
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / size);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.byteLength / size);
  for (let index = 0; index < values.length; index += 1) values[index] = READ[dtype](view, index * size);
  return values;
}

const READ: Record<RawDType, (view: DataView, offset: number) => number> = {
  float32: (view, offset) => view.getFloat32(offset, true),
  float64: (view, offset) => view.getFloat64(offset, true),
  uint8: (view, offset) => view.getUint8(offset),
  int8: (view, offset) => view.getInt8(offset),
  uint16: (view, offset) => view.getUint16(offset, true),
  int16: (view, offset) => view.getInt16(offset, true),
  int32: (view, offset) => view.getInt32(offset, true),
};
