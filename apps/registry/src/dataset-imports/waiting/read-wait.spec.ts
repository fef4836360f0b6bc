import { readWait } from './read-wait';

it.each([
  ['wait=10', 10_000],
  ['respond-async, wait=10', 10_000],
  ['Wait = "10"', 10_000],
  ['wait=0', 0],
  ['wait=100000', 300_000],
  [['respond-async', 'wait=1'], 1_000],
  [undefined, undefined],
  ['wait', undefined],
  ['wait=-1', undefined],
  ['wait=1e3', undefined],
  ['return=minimal', undefined],
])('%j is %p', (header, ms) => {
  expect(readWait(header)).toBe(ms);
});
