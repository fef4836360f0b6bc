import { parseIfMatch, requireMatch } from './if-match';

const holds = (header: string | undefined, revision: number): boolean => {
  try {
    requireMatch(header === undefined ? undefined : parseIfMatch(header), revision);
    return true;
  } catch {
    return false;
  }
};

it.each([
  [undefined, true],
  ['*', true],
  ['"3"', true],
  ['"1", "3"', true],
  ['"2"', false],
  ['3', false],
  ['W/"3"', false], // If-Match compares strongly
  ['', false],
])('If-Match: %s of revision 3 → %s', (header, expected) => {
  expect(holds(header, 3)).toBe(expected);
});
