import fc from 'fast-check';
import { FilterError } from './filter-error';
import { parseSort } from './parse-sort';
import type { Queryable } from './queryable';

const columnsOf = (names: string[]): Queryable[] =>
  names.map((name, i) => ({ name, expression: `c${i}`, type: 'text' }));

const told = (text: string, names: string[]): string[] =>
  parseSort(text, columnsOf(names)).map(
    ({ column, descending }) => `${descending ? '-' : '+'}${column.name}`,
  );

describe('parseSort', () => {
  it.each([
    ['age', ['+age']],
    ['-age,name', ['-age', '+name']],
    [' +age , - name ', ['+age', '-name']],
    ['"a,b",-"say ""x"""', ['+a,b', '-say "x"']],
    ['NAME', ['+name']],
  ])('reads %s', (text, keys) => {
    expect(told(text, ['age', 'name', 'a,b', 'say "x"'])).toEqual(keys);
  });

  it('reads every name that stands in quotes', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), {
      minLength: 1,
      maxLength: 8,
      selector: (name) => name.toLowerCase(),
    });
    fc.assert(
      fc.property(names, (all) => {
        const text = all
          .map((name, i) => `${i % 2 === 0 ? '' : '-'}"${name.replaceAll('"', '""')}"`)
          .join(',');
        expect(told(text, all)).toEqual(all.map((name, i) => `${i % 2 === 0 ? '+' : '-'}${name}`));
      }),
    );
  });

  it.each([
    ['', 'cannot be read', 1],
    ['age,', 'cannot be read', 5],
    ['-', 'There is no column "-"', 1],
    ['"age', 'cannot be read', 1],
    ['age,-AGE', 'stands twice', 5],
    ['size', 'There is no column "size"', 1],
    ['a,b,c,d,e,f,g,h,i', 'at most 8 columns', 1],
  ])('refuses %j', (text, message, position) => {
    const names = ['age', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    expect(() => told(text, names)).toThrow(message);
    try {
      told(text, names);
    } catch (error) {
      expect(error).toBeInstanceOf(FilterError);
      expect({ position: (error as FilterError).position }).toEqual({ position });
    }
  });
});
