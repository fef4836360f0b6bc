import type { ColumnRule, ContractViolation } from '@modelyard/contracts';
import { checkPeople, goodPeople, openRoom } from '../testing/staged';
import type { Person, Room } from '../testing/staged';

const PLACES = ['age', 'height', 'town', 'member', 'seen', 'note', 'label'];

describe('rules of columns', () => {
  let room: Room;
  beforeAll(async () => (room = await openRoom()));
  afterAll(() => room.close());

  /** Ten good people, some of them with another value in the column. */
  const check = async (
    name: string,
    rule: ColumnRule,
    changes: Record<number, unknown> = {},
  ): Promise<ContractViolation[]> => {
    const people = goodPeople();
    for (const [row, value] of Object.entries(changes))
      (people[Number(row)] as unknown[])[PLACES.indexOf(name)] = value;
    return (await checkPeople(room, people, { columns: { [name]: rule } })).violations;
  };
  const ofRows = (rule: string, expected: string, examples: [number, string][], message: string) => ({
    rule,
    scope: 'row',
    count: examples.length,
    expected,
    examples: examples.map(([row, value]) => ({ row, value })),
    message: `${examples.length === 1 ? 'One row' : `${examples.length} rows`}: ${message}.`,
  });

  // What a column is held to, what some rows have instead, and how that is told.
  it.each<[string, ColumnRule, Record<number, unknown>, string, string, [number, string][]]>([
    [
      'age',
      { minimum: 30 },
      { 2: 29, 8: -1 },
      'at least 30',
      'age is below 30',
      [
        [2, '29'],
        [8, '-1'],
      ],
    ],
    ['age', { maximum: 39.5 }, { 2: 40 }, 'at most 39.5', 'age is above 39.5', [[2, '40']]],
    ['height', { minimum: 1.5 }, { 0: 1.4 }, 'at least 1.5', 'height is below 1.5', [[0, '1.4']]],
    [
      'height',
      { maximum: 3e9 },
      { 9: 4e9 },
      'at most 3000000000',
      'height is above 3000000000',
      [[9, '4000000000.0']],
    ],
    [
      'seen',
      { minimum: '2026-01-01' },
      { 4: '2025-12-31 23:59:59' },
      'at least 2026-01-01',
      'seen is below 2026-01-01',
      [[4, '2025-12-31 23:59:59']],
    ],
    [
      'seen',
      { maximum: '2026-01-10T13:00:00+01:00' },
      { 4: '2026-01-10 12:00:00.5' },
      'at most 2026-01-10T13:00:00+01:00',
      'seen is above 2026-01-10T13:00:00+01:00',
      [[4, '2026-01-10 12:00:00.5']],
    ],
    [
      'town',
      { maximumNullShare: 0 },
      { 1: null, 5: null },
      'a value in each row',
      'town has no value',
      [
        [1, ''],
        [5, ''],
      ],
    ],
    [
      'age',
      { unique: true },
      { 7: 30, 9: 30 },
      'each value once',
      'age has a value that an earlier row has',
      [
        [7, '30'],
        [9, '30'],
      ],
    ],
    [
      'town',
      { allowed: ['Ulm', 'Bonn', 'Graz'] },
      { 3: 'ulm', 6: '' },
      'one of Ulm, Bonn, Graz',
      'town is none of Ulm, Bonn, Graz',
      [
        [3, 'ulm'],
        [6, ''],
      ],
    ],
    [
      'age',
      { allowed: Array.from({ length: 10 }, (_, i) => 30 + i) },
      { 3: 40 },
      'one of 30, 31, 32, 33, 34 and 5 more',
      'age is none of 30, 31, 32, 33, 34 and 5 more',
      [[3, '40']],
    ],
    [
      'height',
      { allowed: Array.from({ length: 10 }, (_, i) => 1.5 + i / 20) },
      { 3: 1.51 },
      'one of 1.5, 1.55, 1.6, 1.65, 1.7 and 5 more',
      'height is none of 1.5, 1.55, 1.6, 1.65, 1.7 and 5 more',
      [[3, '1.51']],
    ],
    ['member', { allowed: [true, false] }, {}, '', '', []],
    [
      'member',
      { allowed: [true] },
      { 3: true, 5: true, 7: true, 9: true },
      'one of true',
      'member is none of true',
      [[1, 'false']],
    ],
    [
      'seen',
      { allowed: ['2026-01-02T13:00+01:00'] },
      Object.fromEntries(
        [0, 2, 3, 4, 5, 6, 7, 8, 9].map((row) => [row, row === 6 ? '2026-01-02 11:00:00' : null]),
      ),
      'one of 2026-01-02T13:00+01:00',
      'seen is none of 2026-01-02T13:00+01:00',
      [[6, '2026-01-02 11:00:00']],
    ],
    [
      'town',
      { pattern: '[A-Z][a-z]+' },
      { 3: 'Bad Ems', 6: 'ulm' },
      'a match of [A-Z][a-z]+',
      'town does not match [A-Z][a-z]+',
      [
        [3, 'Bad Ems'],
        [6, 'ulm'],
      ],
    ],
    ['age', { pattern: '3\\d' }, { 3: 130 }, 'a match of 3\\d', 'age does not match 3\\d', [[3, '130']]],
    [
      'note',
      { minimumLength: 6 },
      { 3: 'ä😀' },
      'at least 6 characters',
      'note is shorter than 6 characters',
      [[3, 'ä😀']],
    ],
    [
      'note',
      { maximumLength: 6 },
      { 3: 'longer!' },
      'at most 6 characters',
      'note is longer than 6 characters',
      [[3, 'longer!']],
    ],
    [
      'town',
      { allowed: ['Ulm', 'Bonn', 'Graz', `'); drop table staged; --`, '\ud800', 'a\0b'] },
      { 3: '$1' },
      `one of Ulm, Bonn, Graz, '); drop table staged; --, \ud800 and 1 more`,
      `town is none of Ulm, Bonn, Graz, '); drop table staged; --, \ud800 and 1 more`,
      [[3, '$1']],
    ],
  ])('%s %j, broken by %j', async (name, rule, changes, expected, message, examples) => {
    const key = Object.keys(rule)[0] as string;
    await expect(check(name, rule, changes)).resolves.toEqual(
      examples.length === 0 ? [] : [ofRows(`columns.${name}.${key}`, expected, examples, message)],
    );
  });

  it('asks nothing of missing values but that they are few', async () => {
    const all = Object.fromEntries(goodPeople().map((_, row) => [row, null]));
    const { length, text, number } = {
      length: { minimumLength: 1, maximumLength: 2, pattern: 'x' },
      text: { allowed: ['x'], unique: true },
      number: { minimum: 1, maximum: 2 },
    };
    await expect(check('town', { ...length, ...text }, all)).resolves.toEqual([]);
    await expect(check('height', { ...number, unique: true, allowed: [1] }, all)).resolves.toEqual([]);
    await expect(check('seen', { minimum: '2026-01-01' }, all)).resolves.toEqual([]);
    await expect(check('height', { maximumNullShare: 1 }, all)).resolves.toEqual([]);
    await expect(check('height', { maximumNullShare: 0 }, all)).resolves.toMatchObject([
      { rule: 'columns.height.maximumNullShare', scope: 'row', count: 10 },
    ]);
    await expect(check('height', { maximumNullShare: 0.999 }, all)).resolves.toEqual([
      {
        rule: 'columns.height.maximumNullShare',
        message: 'height has no value in 100 % of the rows; at most 99.9 % may have none.',
        scope: 'dataset',
        count: 0,
        expected: 'at most 99.9 %',
        actual: '100 % (10 rows)',
        examples: [],
      },
    ]);
  });

  it('measures shares of missing values', async () => {
    const some = { 1: null, 2: null, 3: null };
    await expect(check('note', { maximumNullShare: 0.3 }, some)).resolves.toEqual([]);
    await expect(check('note', { maximumNullShare: 0.29 }, some)).resolves.toMatchObject([
      { rule: 'columns.note.maximumNullShare', scope: 'dataset', actual: '30 % (3 rows)' },
    ]);
  });

  it('shows the first ten rows, and not the whole of long values', async () => {
    const people = goodPeople(40).map((person, row): Person => (row > 2 ? person : [...person]));
    for (const row of [...people.keys()].slice(5)) people[row]![5] = 'n'.repeat(1000);
    const { violations } = await checkPeople(room, people, { columns: { note: { maximumLength: 10 } } });
    expect(violations[0]?.count).toBe(35);
    expect(violations[0]?.examples).toEqual(
      Array.from({ length: 10 }, (_, i) => ({ row: 5 + i, value: 'n'.repeat(200) })),
    );
  });

  // A rule that a column's type does not know is told, never passed over.
  it.each<[string, ColumnRule, string, string]>([
    ['town', { minimum: 1 }, 'numbers', 'categorical'],
    ['seen', { maximum: 1 }, 'numbers', 'date'],
    ['age', { minimum: '2026-01-01' }, 'dates', 'integer'],
    ['height', { pattern: 'x' }, 'text', 'numeric'],
    ['member', { minimumLength: 1 }, 'text', 'boolean'],
    ['seen', { maximumLength: 1 }, 'text', 'date'],
  ])('%s cannot be held to %j', async (name, rule, expected, actual) => {
    const key = Object.keys(rule)[0] as string;
    const message = `The rule cannot be checked: ${name} is ${actual}, the rule is for ${expected}. Change the rule, or the column's type.`;
    await expect(check(name, rule)).resolves.toEqual([
      { rule: `columns.${name}.${key}`, message, scope: 'dataset', count: 0, expected, actual, examples: [] },
    ]);
  });

  it('finds numbers in the texts of a stored target', async () => {
    await room.engine.run(
      'create or replace table a_samples("row" bigint, label varchar, digest blob, c0 varchar)',
    );
    await room.engine.run(`insert into a_samples values (0, '3', 'a', '3'), (1, '12', 'b', '12')`);
    const columns = [{ name: 'digit', type: 'integer', role: 'target', nullable: false } as const];
    const contract = { columns: { digit: { type: 'integer' as const, maximum: 9, pattern: '\\d' } } };
    const { violations } = await checkPeople(room, [], contract, { relation: 'a_samples', columns });
    expect(violations).toMatchObject([
      { rule: 'columns.digit.maximum', examples: [{ row: 1, value: '12' }] },
      { rule: 'columns.digit.pattern', examples: [{ row: 1, value: '12' }] },
    ]);
  });
});
