import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { TableEngine } from '../engine/table-engine';
import { compileFilter } from './compile-filter';
import { FilterError } from './filter-error';
import { parseFilter } from './parse-filter';
import type { Queryable } from './queryable';

const COLUMNS: Queryable[] = [
  { name: 'age', expression: 'c0', type: 'integer' },
  { name: 'height', expression: 'c1', type: 'numeric' },
  { name: 'a "b"', expression: 'c2', type: 'text' },
  { name: 'vip', expression: 'c3', type: 'boolean' },
  { name: 'born', expression: 'c4', type: 'date' },
];

interface Row {
  age: number | null;
  height: number | null;
  text: string | null;
  vip: boolean | null;
}
type Verdict = boolean | null;
interface Case {
  filter: string;
  holds(row: Row): Verdict;
}

/** SQL's three values: what is compared with nothing is neither true nor false. */
const not = (verdict: Verdict): Verdict => (verdict === null ? null : !verdict);
const and = (all: Verdict[]): Verdict => (all.includes(false) ? false : all.includes(null) ? null : true);
const or = (all: Verdict[]): Verdict => not(and(all.map(not)));
const given = <T>(value: T | null, holds: (value: T) => boolean): Verdict =>
  value === null ? null : holds(value);

const number = fc.integer({ min: -3, max: 3 });
const half = number.map((value) => value / 2);
const word: fc.Arbitrary<string> = fc.constantFrom('', 'a', 'A', 'ab', 'b%', "it's", 'ü', '日本');
const COMPARISONS = {
  '=': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '<>': (a: number, b: number) => a !== b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
} as const;
const operator = fc.constantFrom(...(Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[]));
const written = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const simple: fc.Arbitrary<Case> = fc.oneof(
  fc.tuple(operator, half).map(([sign, value]): Case => ({
    filter: `height ${sign} ${value}`,
    holds: (row) => given(row.height, (height) => COMPARISONS[sign](height, value)),
  })),
  fc.tuple(operator, half).map(([sign, value]): Case => ({
    filter: `AGE ${sign} ${value}`,
    holds: (row) => given(row.age, (age) => COMPARISONS[sign](age, value)),
  })),
  fc.tuple(number, number, fc.boolean()).map(([low, high, negated]): Case => ({
    filter: `age ${negated ? 'not ' : ''}between ${low} and ${high}`,
    holds: (row) => given(row.age, (age) => (age >= low && age <= high) !== negated),
  })),
  fc.tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([words, negated]): Case => ({
    filter: `\`a "b"\` ${negated ? 'not ' : ''}in (${words.map(written).join(', ')})`,
    holds: (row) => given(row.text, (text) => words.includes(text) !== negated),
  })),
  fc
    .tuple(fc.constantFrom('a', 'b%', "it's", 'ü'), fc.boolean(), fc.boolean())
    .map(([start, ignoreCase, negated]): Case => ({
      filter: `"a ""b""" ${negated ? 'not ' : ''}${ignoreCase ? 'ilike' : 'like'} ${written(`${start.replace('%', '')}%`)}`,
      holds: (row) =>
        given(row.text, (text) => {
          const begin = start.replace('%', '');
          const begins = ignoreCase ? text.toLowerCase().startsWith(begin) : text.startsWith(begin);
          return begins !== negated;
        }),
    })),
  fc.boolean().map((value): Case => ({
    filter: `vip = ${value}`,
    holds: (row) => given(row.vip, (vip) => vip === value),
  })),
  fc.boolean().map((negated): Case => ({
    filter: `height is ${negated ? 'not ' : ''}null`,
    holds: (row) => (row.height === null) !== negated,
  })),
);
const { any: anyCase } = fc.letrec<{ any: Case }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    simple,
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((all): Case => ({
      filter: all.map(({ filter }) => `(${filter})`).join(' and '),
      holds: (row) => and(all.map(({ holds }) => holds(row))),
    })),
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((all): Case => ({
      filter: all.map(({ filter }) => `(${filter})`).join(' or '),
      holds: (row) => or(all.map(({ holds }) => holds(row))),
    })),
    tie('any').map((one): Case => ({ filter: `not (${one.filter})`, holds: (row) => not(one.holds(row)) })),
  ),
}));

describe('compileFilter', () => {
  let folder: string;
  let engine: TableEngine;
  let rows: Row[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'filter-'));
    engine = await TableEngine.open({ folder });
    const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 5, nil: null });
    rows = fc.sample(
      fc.record({
        age: nullable(number),
        height: nullable(half),
        text: nullable(word),
        vip: nullable(fc.boolean()),
      }),
      { numRuns: 120, seed: 4 },
    );
    await engine.run(
      'create table people (row bigint, c0 bigint, c1 double, c2 varchar, c3 boolean, c4 timestamp)',
    );
    for (const [i, { age, height, text, vip }] of rows.entries())
      await engine.run(
        'insert into people values ($1::bigint, $2::bigint, $3::double, $4, $5::boolean, null)',
        [i, age, height, text, vip],
      );
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  it('selects the rows that the filter means', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ filter, holds }) => {
        const { sql, parameters } = compileFilter(parseFilter(filter), COLUMNS);
        const found = await engine.rows<{ row: number }>(
          `select row from people where ${sql} order by row`,
          parameters,
        );
        expect(found.map(({ row }) => row)).toEqual(
          rows.flatMap((row, i) => (holds(row) === true ? [i] : [])),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('writes no text of a filter into the statement', () => {
    const hostile = `\`a "b"\` = '''; drop table people; --' or age = 12345 or vip = true`;
    const { sql, parameters } = compileFilter(parseFilter(hostile), COLUMNS);
    expect(sql).toBe('((c2 = $1::varchar) or (c0 = $2::bigint) or (c3 = $3::boolean))');
    expect(parameters).toEqual([`'; drop table people; --`, '12345', true]);
  });

  it('counts parameters on from others', () => {
    expect(compileFilter(parseFilter('age = 1'), COLUMNS, 3).sql).toBe('(c0 = $3::bigint)');
  });

  it.each([
    ['weight = 1', 'There is no column "weight"', 'one of age, height, a "b", vip, born'],
    ["age = 'old'", "'old' does not suit the integer column age", 'a number'],
    ['vip = 1', '1 does not suit the boolean column vip', 'true or false'],
    ["born > 'yesterday'", "'yesterday' does not suit the date column born", "a date such as '2026-11-02'"],
  ])('refuses %s', (filter, message, expected) => {
    expect(() => compileFilter(parseFilter(filter), COLUMNS)).toThrow(FilterError);
    expect(() => compileFilter(parseFilter(filter), COLUMNS)).toThrow(message);
    expect(() => compileFilter(parseFilter(filter), COLUMNS)).toThrow(expected);
  });
});
