import { DESCRIBE_LIMITS, OnnxFormatError } from './onnx-description';

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** One field of a message: an integer, or a view of bytes. */
export interface WireField {
  id: number;
  integer?: number;
  bytes?: Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The fields of one protobuf message, in the order of the file. Nothing is copied, and nothing nested is entered.
 * Groups, which ONNX never had, are refused, so reading cannot recurse.
 * @throws OnnxFormatError when a field is cut off or has no valid form
 */
export function* readFields(message: Uint8Array): Generator<WireField> {
  let offset = 0;
  while (offset < message.length) {
    const tag = readVarint(message, offset);
    offset = tag.next;
    const [id, wireType] = [Math.floor(tag.value / 8), tag.value % 8];
    if (id === 0) throw new OnnxFormatError(`a field has the number 0 at byte ${offset} of its message`);
    if (wireType === VARINT) {
      const { value, next } = readVarint(message, offset);
      offset = next;
      yield { id, integer: value };
      continue;
    }
    let length = wireType === FIXED_32 ? 4 : 8;
    if (wireType === LENGTH_DELIMITED) {
      const prefix = readVarint(message, offset);
      length = prefix.value;
      offset = prefix.next;
    } else if (wireType !== FIXED_32 && wireType !== FIXED_64) {
      throw new OnnxFormatError(`field ${id} has the unknown wire type ${wireType}`);
    }
    if (length < 0 || offset + length > message.length) throw new OnnxFormatError(`field ${id} is cut off`);
    yield { id, bytes: message.subarray(offset, offset + length) };
    offset += length;
  }
}

/** @throws OnnxFormatError when the field is no integer, or one beyond ±2⁵³ */
export function integerOf({ id, integer }: WireField): number {
  if (integer === undefined) throw new OnnxFormatError(`field ${id} should be an integer`);
  if (!Number.isSafeInteger(integer)) throw new OnnxFormatError(`field ${id} is beyond 2^53`);
  return integer;
}

/** @throws OnnxFormatError when the field is no message, text or bytes */
export function bytesOf({ id, bytes }: WireField): Uint8Array {
  if (bytes === undefined) throw new OnnxFormatError(`field ${id} should be a message, text or bytes`);
  return bytes;
}

/** @throws OnnxFormatError when the field is no UTF-8 text, or longer than `limit` bytes */
export function textOf(field: WireField, limit: number = DESCRIBE_LIMITS.nameBytes): string {
  const bytes = bytesOf(field);
  if (bytes.length > limit)
    throw new OnnxFormatError(`field ${field.id} has ${bytes.length} bytes of text, at most ${limit}`);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new OnnxFormatError(`field ${field.id} is not UTF-8 text`);
  }
}

/** A repeated integer field comes one by one, or packed into bytes. */
export function integersOf(field: WireField): number[] {
  if (field.bytes === undefined) return [integerOf(field)];
  const integers: number[] = [];
  for (let offset = 0; offset < field.bytes.length;) {
    const { value, next } = readVarint(field.bytes, offset);
    integers.push(integerOf({ id: field.id, integer: value }));
    if (integers.length > DESCRIBE_LIMITS.dimensions)
      throw new OnnxFormatError(`field ${field.id} has too many entries`);
    offset = next;
  }
  return integers;
}

/** A base-128 varint, read as a signed 64-bit integer. Beyond 2⁵³ the value is only approximate. */
function readVarint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let low = 0;
  let scale = 1;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) throw new OnnxFormatError('a number is cut off');
    low += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) return { value: index === 9 ? readSigned(bytes, start) : low, next: start + index + 1 };
  }
  throw new OnnxFormatError('a number is longer than ten bytes');
}

/** Ten bytes hold a negative number, in two's complement. */
function readSigned(bytes: Uint8Array, start: number): number {
  let value = 0n;
  for (let index = 9; index >= 0; index--) value = (value << 7n) | BigInt((bytes[start + index] ?? 0) & 0x7f);
  return Number(BigInt.asIntN(64, value));
}
