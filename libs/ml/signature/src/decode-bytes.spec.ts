import fc from 'fast-check';
import { decodeTypedBytes } from './decode-bytes';
import type { RawDType } from './decode-bytes';
import { InputError } from './input-error';
import { signatureFor } from './signature-for';
import { digitsSchema, irisSchema } from './testing/schemas';

const digits = signatureFor(digitsSchema);
const iris = signatureFor(irisSchema);

describe('decodeTypedBytes', () => {
  it('reads aligned float32 where it lies', () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const decoded = decodeTypedBytes(iris, new Uint8Array(values.buffer));
    expect(decoded).toEqual({ values, rows: 2, single: false });
    expect(decoded.values.buffer).toBe(values.buffer);
  });

  it('reads float32 that starts at any byte', () => {
    const bytes = new Uint8Array(17);
    bytes.set(new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer), 1);
    expect(decodeTypedBytes(iris, bytes.subarray(1))).toEqual({
      values: Float32Array.of(1, 2, 3, 4),
      rows: 1,
      single: true,
    });
  });

  it.each<[RawDType, ArrayBufferView]>([
    ['float64', Float64Array.of(1, 2, 3, 4)],
    ['uint8', Uint8Array.of(1, 2, 3, 4)],
    ['int8', Int8Array.of(1, 2, 3, 4)],
    ['uint16', Uint16Array.of(1, 2, 3, 4)],
    ['int16', Int16Array.of(1, 2, 3, 4)],
    ['int32', Int32Array.of(1, 2, 3, 4)],
  ])('reads %s', (dtype, view) => {
    const bytes = new Uint8Array(view.buffer);
    expect(decodeTypedBytes(iris, bytes, dtype).values).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it.each<[string, Uint8Array, string]>([
    [
      'an empty body',
      new Uint8Array(0),
      'the body has 0 bytes, expected a multiple of 16 bytes for each sample of float32 [4]',
    ],
    [
      'half a sample',
      new Uint8Array(24),
      'the body has 24 bytes, expected a multiple of 16 bytes for each sample of float32 [4]',
    ],
    ['too many samples', new Uint8Array(48), 'the body has 3 samples, at most 2 are allowed in one request'],
    [
      'NaN',
      new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, NaN, 7, 8).buffer),
      'body[1][1] is NaN, expected a finite number',
    ],
    [
      'infinity',
      new Uint8Array(Float32Array.of(1, -Infinity, 3, 4).buffer),
      'body[0][1] is too large for a 32-bit float, expected a finite number',
    ],
  ])('refuses %s', (_, bytes, message) => {
    const read = (): unknown => decodeTypedBytes(iris, bytes, 'float32', { maxRows: 2 });
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
  });

  it('refuses a pixel out of bounds by its place', () => {
    const bytes = new Uint8Array(128);
    bytes[64 + 8 * 2 + 5] = 200;
    expect(() => decodeTypedBytes(digits, bytes, 'uint8')).toThrow(
      'body[1][2][5][0] is 200, expected a number from 0 to 16',
    );
  });

  it('gives finite values or an InputError for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom<RawDType>('float32', 'float64'),
        (bytes, dtype) => {
          try {
            expect(decodeTypedBytes(iris, bytes, dtype).values.every(Number.isFinite)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });
});
