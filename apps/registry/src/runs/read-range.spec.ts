import fc from 'fast-check';
import { readRange } from './read-range';

it.each([
  [undefined, 10, 'all'],
  ['', 10, 'all'],
  ['items=0-1', 10, 'all'],
  ['bytes=0-1,3-4', 10, 'all'],
  ['bytes=-', 10, 'all'],
  ['bytes=5-2', 10, 'all'],
  ['bytes=0-0', 10, { start: 0, end: 0 }],
  ['bytes=2-', 10, { start: 2, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-30', 10, { start: 0, end: 9 }],
  ['bytes=9-99', 10, { start: 9, end: 9 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
] as const)('reads %j of %i bytes as %j', (header, size, range) => {
  expect(readRange(header, size)).toEqual(range);
});

it('never leaves the content', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(1_000), (first, last, size) => {
      const range = readRange(`bytes=${first}-${last}`, size);
      if (typeof range === 'string') return;
      expect(range.start).toBeLessThanOrEqual(range.end);
      expect(range.end).toBeLessThan(size);
    }),
  );
});
