import type { DataProblem } from '@modelyard/contracts';
import { sayImportError } from './say-import-error';

const MESSAGE = 'flowers.csv cannot be read.';

it.each<[string, DataProblem[], number, string]>([
  ['nothing else', [], 0, MESSAGE],
  [
    'where the first problem is',
    [{ file: 'flowers.csv', line: 3, column: 'a', message: 'is no number' }],
    1,
    `${MESSAGE} flowers.csv, line 3, column a: is no number`,
  ],
  ['a problem of no place', [{ message: 'It is cut off.' }], 1, `${MESSAGE} It is cut off.`],
  ['what it says already only once', [{ file: 'flowers.csv', message: 'cannot be read' }], 1, MESSAGE],
  ['one more', [{ line: 2, message: 'is empty' }], 2, `${MESSAGE} line 2: is empty (and 1 more problem)`],
  ['more', [{ line: 2, message: 'is empty' }], 9, `${MESSAGE} line 2: is empty (and 8 more problems)`],
])('says the message and %s', (_, problems, problemCount, says) => {
  expect(sayImportError({ message: MESSAGE, problems, problemCount })).toBe(says);
});
