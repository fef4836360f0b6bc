import { Identifiers } from '../sources/identifiers';
import { digestOf, idOf, KEY_FORMAT } from './key-format';

it('makes keys of its own format, each another', () => {
  const identifiers = new Identifiers();
  const made = Array.from({ length: 50 }, () => identifiers.apiKey());
  for (const { id, key } of made) {
    expect(key).toMatch(KEY_FORMAT);
    expect(idOf(key)).toBe(id);
  }
  expect(new Set(made.map(({ key }) => digestOf(key))).size).toBe(50);
});

it('takes no other text for a key', () => {
  for (const text of ['', 'my_', 'my_0123456789abcdef_short', ` ${new Identifiers().apiKey().key}`]) {
    expect(idOf(text)).toBeUndefined();
  }
});
