import { checkSamples, gatherValues } from './samples';

const SHAPE = [1, 2, 2];
/** Byte b of the first channel becomes b + 0.5, and of the second −b. */
const LOOKUP = Float32Array.from({ length: 512 }, (_, i) => (i < 256 ? i + 0.5 : 256 - i));
const BYTES = Uint8Array.from([1, 2, 3, 4, 255, 0, 0, 255]);

describe('samples of bytes', () => {
  it('are looked up by channel, in the order asked for', () => {
    const order = Uint32Array.from([9, 1, 0]);
    expect(gatherValues({ values: BYTES, lookup: LOOKUP }, SHAPE, { start: 1, end: 3, order })).toEqual(
      Float32Array.from([255.5, 0, 0.5, -255, 1.5, -2, 3.5, -4]),
    );
  });

  it('give what the same samples as numbers give', () => {
    const values = Float32Array.from(BYTES, (byte, i) => LOOKUP[(i % 2) * 256 + byte] as number);
    const range = { start: 0, end: 2 };
    expect(gatherValues({ values }, SHAPE, range)).toEqual(
      gatherValues({ values: BYTES, lookup: LOOKUP }, SHAPE, range),
    );
  });

  it.each([
    ['no lookup', {}, 'has no entries, expected 512'],
    ['one of another number of channels', { lookup: LOOKUP.subarray(256) }, 'has 256 entries, expected 512'],
  ])('are refused with %s', (_, lookup, message) => {
    const samples = { values: BYTES, labels: Int32Array.from([0, 1]), ...lookup };
    expect(() => checkSamples(samples, SHAPE, 2, 'training')).toThrow(message);
  });
});

it('refuses a lookup for what is no bytes', () => {
  const samples = { values: new Float32Array(4), labels: new Int32Array(1), lookup: LOOKUP };
  expect(() => checkSamples(samples, SHAPE, 2, 'training')).toThrow('expected none');
});
