import type { NamedWeights } from '@modelyard/contracts';
import fc from 'fast-check';
import { decodeWeights, encodeWeights } from './encode-weights';
import { weightsDigest } from './weights-digest';

const SAMPLE: NamedWeights = new Map([
  ['dense/kernel', { shape: [2, 1], data: Float32Array.of(1, -2) }],
  ['dense/bias', { shape: [1], data: Float32Array.of(0.5) }],
]);

it('lays the weights out as little-endian floats in the order of the map', () => {
  const { bin, manifest } = encodeWeights(SAMPLE);
  expect(bin.toString('hex')).toBe('0000803f000000c00000003f');
  expect(manifest).toEqual({
    format: 'modelyard-weights/1',
    bytes: 12,
    weights: [
      { name: 'dense/kernel', dtype: 'float32', shape: [2, 1], offset: 0 },
      { name: 'dense/bias', dtype: 'float32', shape: [1], offset: 8 },
    ],
  });
});

it('reads back every bit of what it wrote, from any place in a larger buffer', () => {
  const weight = fc.float32Array({ maxLength: 9 }).map((data) => ({ shape: [data.length], data }));
  const weights = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), weight), {
    selector: ([name]) => name,
  });
  fc.assert(
    fc.property(weights, fc.nat(3), (entries, shift) => {
      const { bin, manifest } = encodeWeights(new Map(entries));
      const shifted = Buffer.concat([Buffer.alloc(shift), bin]).subarray(shift);
      const decoded = decodeWeights(shifted, JSON.parse(JSON.stringify(manifest)));
      expect([...decoded.keys()]).toEqual(entries.map(([name]) => name));
      for (const [name, { shape, data }] of entries) {
        expect(decoded.get(name)?.shape).toEqual(shape);
        // NaN differs from itself; Object.is also tells 0 from −0.
        expect(
          [...(decoded.get(name)?.data ?? [])].every((value, index) => Object.is(value, data[index])),
        ).toBe(true);
      }
    }),
  );
});

it('refuses a manifest that is not its own or does not fit', () => {
  const { bin, manifest } = encodeWeights(SAMPLE);
  expect(() => decodeWeights(bin, { format: 'other', weights: [] })).toThrow('no manifest of weights');
  expect(() => decodeWeights(bin, null)).toThrow('no manifest of weights');
  expect(() => decodeWeights(bin.subarray(4), manifest)).toThrow('have 8 bytes, and the manifest says 12');
  const longer = { ...manifest, weights: [{ name: 'x', dtype: 'float32', shape: [4], offset: 0 }] };
  expect(() => decodeWeights(bin, longer)).toThrow('x goes past the end');
});

it('the digest changes with a name, a shape, a bit or the order', () => {
  const digest = weightsDigest(SAMPLE);
  // sha256 of '[["dense/kernel",[2,1]],["dense/bias",[1]]]\n' and the twelve bytes above, by Python's hashlib.
  expect(digest).toBe('be5da30981172aaee69f29a85c22f8bcdf48700261a02e0587dba9942a8cd476');
  const [kernel, bias] = [...SAMPLE] as [
    [string, { shape: number[]; data: Float32Array }],
    [string, { shape: number[]; data: Float32Array }],
  ];
  const others: NamedWeights[] = [
    new Map([bias, kernel]),
    new Map([['dense/weights', kernel[1]], bias]),
    new Map([['dense/kernel', { ...kernel[1], shape: [1, 2] }], bias]),
    new Map([['dense/kernel', { ...kernel[1], data: Float32Array.of(1, -2.0000002) }], bias]),
  ];
  expect(new Set([digest, ...others.map(weightsDigest)]).size).toBe(5);
});
