import { DESCRIBE_LIMITS, elementTypeName, OnnxFormatError } from './onnx-description';
import type { OnnxInitializerDescription, OnnxValueDescription } from './onnx-description';
import { bytesOf, integerOf, integersOf, readFields, textOf } from './wire-reader';

/** Fields of `TypeProto` that aren't `tensor_type`. */
const OTHER_TYPES: Record<number, string> = { 4: 'sequence', 5: 'map', 8: 'sparse', 9: 'optional' };
/** Bytes of one element, for the types that take whole bytes. */
const ELEMENT_BYTES: Record<string, number> = {
  ...{
    bool: 1,
    int8: 1,
    uint8: 1,
    int16: 2,
    uint16: 2,
    float16: 2,
    bfloat16: 2,
    int32: 4,
    uint32: 4,
    float32: 4,
  },
  ...{ int64: 8, uint64: 8, float64: 8, complex64: 8, complex128: 16 },
};
/** Fields of `TensorProto` that hold values: float, int32, string, int64, raw, double, uint64. */
const DATA_FIELDS = new Set([4, 5, 6, 7, 9, 10, 11]);
const RAW_DATA = 9;

/** Reads a `ValueInfoProto`. */
export function readValue(message: Uint8Array): OnnxValueDescription {
  const value: OnnxValueDescription = { name: '', type: 'undefined', shape: undefined };
  for (const field of readFields(message)) {
    if (field.id === 1) value.name = textOf(field);
    if (field.id === 2) Object.assign(value, readType(bytesOf(field)));
  }
  return value;
}

function readType(message: Uint8Array): Pick<OnnxValueDescription, 'type' | 'shape'> {
  let result: Pick<OnnxValueDescription, 'type' | 'shape'> = { type: 'undefined', shape: undefined };
  for (const field of readFields(message)) {
    const other = OTHER_TYPES[field.id];
    if (other !== undefined) result = { type: other, shape: undefined };
    if (field.id === 1) result = readTensorType(bytesOf(field));
  }
  return result;
}

function readTensorType(message: Uint8Array): Pick<OnnxValueDescription, 'type' | 'shape'> {
  let type = 'undefined';
  let shape: (number | string | null)[] | undefined;
  for (const field of readFields(message)) {
    if (field.id === 1) type = elementTypeName(integerOf(field));
    if (field.id === 2) {
      shape = [];
      for (const dimension of readFields(bytesOf(field))) {
        if (dimension.id === 1) shape.push(readDimension(bytesOf(dimension)));
        if (shape.length > DESCRIBE_LIMITS.dimensions)
          throw new OnnxFormatError('a value has too many dimensions');
      }
    }
  }
  return { type, shape };
}

function readDimension(message: Uint8Array): number | string | null {
  let dimension: number | string | null = null;
  for (const field of readFields(message)) {
    if (field.id === 1) dimension = integerOf(field);
    if (field.id === 2) dimension = textOf(field);
  }
  return dimension;
}

/** Reads a `TensorProto`, but not its values. Raw data whose length contradicts the shape is refused. */
export function readInitializer(message: Uint8Array): OnnxInitializerDescription {
  const tensor: OnnxInitializerDescription = {
    name: '',
    type: 'undefined',
    shape: [],
    bytes: 0,
    external: false,
  };
  let raw: number | undefined;
  for (const field of readFields(message)) {
    if (field.id === 1) tensor.shape.push(...integersOf(field));
    if (field.id === 2) tensor.type = elementTypeName(integerOf(field));
    if (field.id === 8) tensor.name = textOf(field);
    if (field.id === 14) tensor.external = integerOf(field) === 1;
    if (field.id === RAW_DATA) raw = bytesOf(field).length;
    // A value that isn't packed comes with its own tag.
    if (DATA_FIELDS.has(field.id)) tensor.bytes += field.bytes?.length ?? 1;
    if (tensor.shape.length > DESCRIBE_LIMITS.dimensions) {
      throw new OnnxFormatError(`"${tensor.name}" has too many dimensions`);
    }
  }
  checkSize(tensor, raw);
  return tensor;
}

function checkSize(
  { name, type, shape, external }: OnnxInitializerDescription,
  raw: number | undefined,
): void {
  if (shape.some((size) => size < 0)) throw new OnnxFormatError(`"${name}" has a negative dimension`);
  const each = ELEMENT_BYTES[type];
  if (raw === undefined || each === undefined || external) return;
  const needed = shape.reduce((total, size) => total * size, each);
  if (raw !== needed) {
    throw new OnnxFormatError(
      `"${name}" holds ${raw} bytes, but ${type} [${shape.join(', ')}] needs ${needed}`,
    );
  }
}
