import { nest } from './nest';

it('folds row-major values into their shape', () => {
  expect(nest([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])).toEqual([
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ]);
  expect(nest([1, 2, 3], [3])).toEqual([1, 2, 3]);
  expect(nest([1, 2], [2, 1, 1])).toEqual([[[1]], [[2]]]);
});
