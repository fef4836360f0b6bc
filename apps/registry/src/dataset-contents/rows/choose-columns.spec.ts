import { chooseColumns } from './choose-columns';

const columns = ['age', 'a, b', 'say "x"'].map((name, index) => ({
  name,
  expression: `c${index}`,
  type: 'numeric' as const,
}));
const chosen = (text?: string): string[] => chooseColumns(text, columns).map(({ name }) => name);

it('reads names, and those with commas and quotes too', () => {
  expect(chosen()).toEqual(['age', 'a, b', 'say "x"']);
  expect(chosen(' "a, b" , age,age')).toEqual(['a, b', 'age']);
  expect(chosen('"say ""x"""')).toEqual(['say "x"']);
});

it.each(['size', '', ',', '"age', 'age""', 'age,,age'])('refuses %j', (text) => {
  expect(() => chosen(text)).toThrow(/^columns /);
});
