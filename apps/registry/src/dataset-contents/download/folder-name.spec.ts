import fc from 'fast-check';
import { folderName } from './image-entries';

it.each([
  ['cat', 'cat'],
  ['../../etc', '..%2F..%2Fetc'],
  ['..', '%..%'],
  ['', '%%'],
  ['C:\\x', 'C%3A%5Cx'],
  ['größe 3', 'größe 3'],
  ['100%', '100%25'],
])('makes %j a folder: %s', (label, name) => {
  expect(folderName(label)).toBe(name);
});

it('keeps classes apart, and in their folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(folderName(a) === folderName(b)).toBe(a === b);
      expect(folderName(a)).not.toMatch(/[/\\]|^\.\.?$|^$/);
    }),
  );
});
