import fc from 'fast-check';
import { loadBuiltIn } from './built-in/load-built-in';
import { DatasetError } from './dataset-error';
import type { PackedDataset } from './packed-dataset';
import { decodeDataset, encodeDataset } from './packed-format';
import { anyDataset } from './testing/any-dataset';

const small: PackedDataset = {
  schema: {
    kind: 'table',
    shape: [2],
    dtype: 'float32',
    columns: ['a', 'b'],
    target: 'y',
    classes: ['no', 'yes'],
    minimum: 0,
    maximum: 10,
  },
  rows: 3,
  values: Float32Array.of(1, 2, 3, 4, 5, 6),
  labels: Uint8Array.of(0, 1, 1),
  source: { description: 'made up', licence: 'CC0 1.0', url: 'https://example.org' },
};

/** The bytes of `small` with its header put through `edit`, lengths kept right. */
function withHeader(edit: (header: Record<string, unknown>) => unknown): Buffer {
  const bytes = encodeDataset(small);
  const end = 16 + bytes.readUInt32LE(8);
  const header = edit(JSON.parse(bytes.toString('utf8', 16, end)) as Record<string, unknown>);
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const block = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const prefix = Buffer.from(bytes.subarray(0, 16));
  prefix.writeUInt32LE(block.length, 8);
  return Buffer.concat([prefix, block, bytes.subarray(end)]);
}

describe('the packed format', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(anyDataset, (dataset) => expect(decodeDataset(encodeDataset(dataset))).toEqual(dataset)),
    );
  });

  it('lays typed arrays on the bytes without a copy, and copies where that cannot be', () => {
    const bytes = Buffer.from(new Uint8Array(encodeDataset(small)).buffer);
    expect(decodeDataset(bytes).values.buffer).toBe(bytes.buffer);
    const shifted = Buffer.concat([Buffer.alloc(1), bytes]).subarray(1);
    expect(decodeDataset(shifted)).toEqual(small);
  });

  it('keeps the built-in datasets', async () => {
    const digits = await loadBuiltIn('digits');
    const bytes = encodeDataset(digits);
    expect(bytes.length).toBeLessThan(120_000);
    expect(decodeDataset(bytes)).toEqual(digits);
  });

  it('answers damaged bytes with DatasetError, or with a dataset that is right in itself', () => {
    const bytes = encodeDataset(small);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(bytes.length), fc.boolean(), (changes, length, cut) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          encodeDataset(decodeDataset(cut ? damaged.subarray(0, length) : damaged));
        } catch (error) {
          expect(error).toBeInstanceOf(DatasetError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('answers any bytes behind its magic with DatasetError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (rest) => {
        const bytes = Buffer.concat([Buffer.from('MYDATA\x00\x01', 'latin1'), rest]);
        expect(() => decodeDataset(bytes)).toThrow(DatasetError);
      }),
    );
  });

  const schemaWith = (change: object) => (header: Record<string, unknown>) => ({
    ...header,
    schema: { ...(header.schema as object), ...change },
  });
  it.each<[string, Buffer, string]>([
    ['other bytes', Buffer.from('PK\x03\x04 not a dataset'), 'not a packed dataset of version 1'],
    ['no bytes', Buffer.alloc(0), 'not a packed dataset of version 1'],
    ['a missing end', encodeDataset(small).subarray(0, -1), 'cut off or damaged'],
    ['a header without JSON', withHeader(() => '{"schema": '), 'its header is not JSON'],
    ['a header that is a list', withHeader(() => [1]), 'its header is not an object'],
    ['more rows than bytes', withHeader((h) => ({ ...h, rows: 4 })), 'cut off or damaged'],
    ['an absurd row count', withHeader((h) => ({ ...h, rows: 2 ** 52 })), 'its rows is not believable'],
    [
      'an unknown dtype',
      withHeader(schemaWith({ dtype: 'float16' })),
      'its schema.dtype is not uint8 or float32',
    ],
    ['a shape of text', withHeader(schemaWith({ shape: ['2'] })), 'its schema.shape is not a count'],
    [
      'a missing class',
      withHeader(schemaWith({ classes: ['no'] })),
      'row 1 has class 1, and there are 1 classes',
    ],
    [
      'a class name that is none',
      withHeader(schemaWith({ classes: [0, 1] })),
      'its schema.classes is not text',
    ],
    ['a value out of bounds', withHeader(schemaWith({ maximum: 5 })), 'row 2 holds 6, outside 0 to 5'],
    [
      'bounds that are no numbers',
      withHeader(schemaWith({ maximum: null })),
      'its schema.maximum is not a number',
    ],
    [
      'columns that are no list',
      withHeader(schemaWith({ columns: 'ab' })),
      'its schema.columns is not a list',
    ],
    ['too few columns', withHeader(schemaWith({ columns: ['a'] })), 'a table with 2 columns names 1'],
    [
      'an image of rank 1',
      withHeader(schemaWith({ kind: 'image' })),
      'the shape [2] is not that of an image',
    ],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => decodeDataset(bytes)).toThrow(message);
    expect(() => decodeDataset(bytes)).toThrow(DatasetError);
  });

  it.each<[string, Partial<PackedDataset>, string]>([
    ['rows that are no count', { rows: -1 }, 'rows is -1, not a count'],
    ['too few values', { values: new Float32Array(5) }, '3 rows of 2 values make 6 values, not 5'],
    ['too few labels', { labels: new Uint8Array(2) }, 'there are 2 labels for 3 rows'],
    ['values of the other type', { values: new Uint8Array(6) }, 'the values are not the float32'],
    ['NaN', { values: Float32Array.of(1, 2, NaN, 4, 5, 6) }, 'row 1 holds NaN'],
    [
      'two columns of one name',
      { schema: { ...small.schema, columns: ['a', 'a'] } },
      'two columns have the same name',
    ],
    [
      'two classes of one name',
      { schema: { ...small.schema, classes: ['a', 'a'] } },
      'two classes have the same name',
    ],
    [
      'bounds the wrong way round',
      { schema: { ...small.schema, minimum: 11 } },
      'the bounds 11 to 10 hold no value',
    ],
    [
      'an immense shape',
      { schema: { ...small.schema, kind: 'image', shape: [1e6, 1e6, 1e6] } },
      'is too large',
    ],
  ])('does not write %s', (_what, change, message) => {
    expect(() => encodeDataset({ ...small, ...change })).toThrow(message);
  });
});
