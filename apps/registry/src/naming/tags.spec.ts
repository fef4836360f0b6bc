import { keyProblem, textMapProblem } from './tags';
import { textProblem } from './text';

it.each(['a', 'a/b', 'a b', 'mlflow.runName', 'x:y-z_1', '.hidden', '..a'])('takes the key %j', (key) => {
  expect(keyProblem(key, 250)).toBeUndefined();
});

it.each(['', '/a', 'a/', 'a//b', '../a', 'a/./b', 'a/..', 'ü', 'a\n', 'a\u0000', 'x'.repeat(251)])(
  'refuses the key %j',
  (key) => {
    expect(keyProblem(key, 250)).toBeDefined();
  },
);

it('reads maps of strings', () => {
  const rules = { maxEntries: 2, maxKey: 3, maxValue: 4 };
  expect(textMapProblem({ a: 'b', c: '' }, rules)).toBeUndefined();
  for (const wrong of [
    null,
    [],
    'a',
    { a: 1 },
    { a: 'bbbbb' },
    { abcd: 'x' },
    { a: '\u0000' },
    { a: '', b: '', c: '' },
  ]) {
    expect(textMapProblem(wrong, rules)).toBeDefined();
  }
});

it('says what is wrong with a text', () => {
  expect(textProblem('ab', 2, 1)).toBeUndefined();
  expect([textProblem(1, 2), textProblem('', 2, 1), textProblem('a', 2, 2), textProblem('abc', 2)]).toEqual([
    'must be a string',
    'must not be empty',
    'must have at least 2 characters',
    'must have at most 2 characters',
  ]);
});
