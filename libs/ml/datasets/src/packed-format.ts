import type { DatasetSchema } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { checkDataset } from './check-dataset';
import { DatasetError } from './dataset-error';
import { parseHeader } from './packed-header';
import type { PackedDataset } from './packed-dataset';

/*
 * The packed format, little-endian throughout:
 *
 *   8 bytes   magic "MYDATA\x00\x01" (the last byte is the format's version)
 *   4 bytes   length of the header in bytes (uint32), 4 bytes of zeros
 *   header    JSON in UTF-8: { schema, rows, labels: "uint8" | "int32", source }, padded with spaces to 8 bytes
 *   values    rows × product(shape) values of schema.dtype, padded with zeros to 8 bytes
 *   labels    rows labels
 *
 * Every block starts at a multiple of 8, so that typed arrays can lie right on the bytes.
 */
const MAGIC = Buffer.from('MYDATA\x00\x01', 'latin1');
const PREFIX = 16;
const MAX_HEADER = 16 * 1024 * 1024;

/**
 * The dataset as bytes. Equal datasets give equal bytes.
 * @throws DatasetError when the dataset contradicts its schema
 */
export function encodeDataset(dataset: PackedDataset): Buffer {
  checkDataset(dataset);
  const { schema, rows, values, labels, source } = dataset;
  const header = padded(
    Buffer.from(
      JSON.stringify({
        schema: inFixedOrder(schema),
        rows,
        labels: labels instanceof Uint8Array ? 'uint8' : 'int32',
        source: { description: source.description, licence: source.licence, url: source.url },
      }),
    ),
    ' ',
  );
  if (header.length > MAX_HEADER)
    throw new DatasetError('The names of classes and columns are too long to store');
  const prefix = Buffer.alloc(PREFIX);
  MAGIC.copy(prefix);
  prefix.writeUInt32LE(header.length, 8);
  return Buffer.concat([prefix, header, padded(bytesOf(values), '\0'), bytesOf(labels)]);
}

/**
 * Reads what `encodeDataset` wrote. Values and labels are views of `bytes`, not copies (unless `bytes` itself starts at
 * an address where typed arrays cannot lie).
 * @throws DatasetError when these are not exactly such bytes, or their content contradicts itself
 */
export function decodeDataset(bytes: Buffer): PackedDataset {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  if (aligned.length < PREFIX || !aligned.subarray(0, 8).equals(MAGIC)) {
    throw new DatasetError('These bytes are not a packed dataset of version 1');
  }
  const headerLength = aligned.readUInt32LE(8);
  if (headerLength > MAX_HEADER || headerLength % 8 !== 0 || PREFIX + headerLength > aligned.length) {
    throw new DatasetError('The packed dataset is cut off or damaged: its header does not fit');
  }
  const valuesStart = PREFIX + headerLength;
  const header = parseHeader(aligned.subarray(PREFIX, valuesStart));
  const count = header.rows * product(header.schema.shape);
  const labelsStart = valuesStart + roundUp(count * (header.schema.dtype === 'uint8' ? 1 : 4));
  const end = labelsStart + header.rows * (header.labels === 'uint8' ? 1 : 4);
  if (end !== aligned.length) {
    throw new DatasetError(
      `The packed dataset is cut off or damaged: ${aligned.length} bytes instead of ${end}`,
    );
  }
  const { schema, rows, source } = header;
  const at = (start: number): [ArrayBufferLike, number] => [aligned.buffer, aligned.byteOffset + start];
  const values =
    schema.dtype === 'uint8'
      ? new Uint8Array(...at(valuesStart), count)
      : new Float32Array(...at(valuesStart), count);
  const labels =
    header.labels === 'uint8'
      ? new Uint8Array(...at(labelsStart), rows)
      : new Int32Array(...at(labelsStart), rows);
  const dataset = { schema, rows, values, labels, source };
  checkDataset(dataset);
  return dataset;
}

function inFixedOrder(schema: DatasetSchema): DatasetSchema {
  return {
    kind: schema.kind,
    shape: schema.shape,
    dtype: schema.dtype,
    ...(schema.columns && { columns: schema.columns }),
    target: schema.target,
    classes: schema.classes,
    minimum: schema.minimum,
    maximum: schema.maximum,
  };
}

function bytesOf(array: Uint8Array | Float32Array | Int32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function roundUp(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function padded(block: Buffer, filler: string): Buffer {
  return Buffer.concat([block, Buffer.alloc(roundUp(block.length) - block.length, filler)]);
}
