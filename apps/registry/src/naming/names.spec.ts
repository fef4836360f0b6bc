import { ALIAS, MODEL_NAME, PLAIN_NAME, RUN_ID } from './names';

it.each([
  [
    PLAIN_NAME,
    ['a', 'Digits-2', 'a.b_c', '0'.repeat(128)],
    ['', '-a', '.a', 'a b', 'a/b', 'ü', 'a\n', '0'.repeat(129)],
  ],
  [
    MODEL_NAME,
    ['a', 'Größe 3', '日本', 'a.b'],
    ['', ' a', 'a ', 'a/b', 'a:b', 'a\tb', 'a\n', 'x'.repeat(256)],
  ],
  [
    ALIAS,
    ['champion', 'a-b_1', 'v', 'vx1', 'latest2'],
    ['', 'latest', 'LATEST', 'v1', 'V22', 'a b', 'a.b', 'a\n'],
  ],
  [RUN_ID, ['0123456789abcdef0123456789abcdef'], ['', '0123', '0123456789ABCDEF0123456789abcdef']],
])('%s', (pattern, right, wrong) => {
  for (const name of right) expect(name).toMatch(pattern);
  for (const name of wrong) expect(name).not.toMatch(pattern);
});
