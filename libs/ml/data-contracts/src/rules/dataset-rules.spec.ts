import type { ContractReport, DataContract, DatasetColumn } from '@modelyard/contracts';
import { checkPeople, goodPeople, openRoom, PEOPLE } from '../testing/staged';
import type { Person, Room } from '../testing/staged';

describe('rules of the whole', () => {
  let room: Room;
  beforeAll(async () => (room = await openRoom()));
  afterAll(() => room.close());

  const check = async (contract: Partial<DataContract>, people: readonly Person[] = goodPeople()) =>
    (await checkPeople(room, people, contract)).violations;
  const whole = (rule: string, message: string, expected: string, actual: string) => [
    { rule, message, scope: 'dataset', count: 0, expected, actual, examples: [] },
  ];

  it.each<[Partial<DataContract>, string, string, string, string]>([
    [
      { rows: { minimum: 11 } },
      'rows.minimum',
      'There are 10 rows, not at least 11 rows.',
      'at least 11 rows',
      '10',
    ],
    [
      { rows: { maximum: 9 } },
      'rows.maximum',
      'There are 10 rows, not at most 9 rows.',
      'at most 9 rows',
      '10',
    ],
    [
      { columns: { Hight: {} } },
      'columns.Hight.required',
      'The column Hight is missing. Did you mean "height"?',
      'a column Hight',
      'age, height, town, member, seen and 2 more',
    ],
    [
      { columns: { 'a b': { required: true } } },
      'columns["a b"].required',
      'The column a b is missing.',
      'a column a b',
      'age, height, town, member, seen and 2 more',
    ],
    [
      { columns: { height: { type: 'integer' } } },
      'columns.height.type',
      'height is numeric, not integer.',
      'integer',
      'numeric',
    ],
    [
      { columns: { note: { type: 'categorical' } } },
      'columns.note.type',
      'note is text, not categorical.',
      'categorical',
      'text',
    ],
    [
      { columns: { age: {}, height: {}, town: {}, member: {}, seen: {} }, closed: true },
      'closed',
      'There are columns that the contract does not name: note, label.',
      'only columns that the contract names',
      'note, label',
    ],
    [
      { freshness: { column: 'seen', maximumAgeHours: 527.5 } },
      'freshness.maximumAgeHours',
      'The latest seen is 528 hours old; at most 527.5 are allowed.',
      'a row of the last 527.5 hours',
      '2026-01-10T12:00:00.000Z',
    ],
    [
      { freshness: { column: 'gone', maximumAgeHours: 1 } },
      'freshness.column',
      'The age of the data is unknown: the column gone is missing.',
      'a column of dates',
      'missing',
    ],
    [
      { freshness: { column: 'age', maximumAgeHours: 1 } },
      'freshness.column',
      'The age of the data is unknown: the column age is integer, not a date.',
      'a column of dates',
      'integer',
    ],
    [{ kind: 'image' }, 'kind', 'The contract is about image data; these are table data.', 'image', 'table'],
    [
      { classes: { required: ['yes', 'maybe', 'never'] } },
      'classes.required',
      'There is no row of the class maybe, never.',
      'rows of yes, maybe, never',
      'none of maybe, never',
    ],
    [
      { classes: { minimumRows: 6 } },
      'classes.minimumRows',
      'Classes with at least 6 rows are needed; not so: no (5), yes (5).',
      'at least 6 rows',
      'no (5), yes (5)',
    ],
    [
      { classes: { minimumShare: 0.505 } },
      'classes.minimumShare',
      'Classes with at least 50.5 % of the rows are needed; not so: no (50 %), yes (50 %).',
      'at least 50.5 % of the rows',
      'no (50 %), yes (50 %)',
    ],
    [
      { classes: { maximumShare: 0.4 } },
      'classes.maximumShare',
      'Classes with at most 40 % of the rows are needed; not so: no (50 %), yes (50 %).',
      'at most 40 % of the rows',
      'no (50 %), yes (50 %)',
    ],
  ])('%j', async (contract, rule, message, expected, actual) => {
    await expect(check(contract)).resolves.toEqual(whole(rule, message, expected, actual));
  });

  it.each<Partial<DataContract>>([
    { rows: { minimum: 10, maximum: 10 } },
    { columns: { gone: { required: false } } },
    { columns: { age: { type: 'numeric' }, town: { type: 'text' } } },
    { freshness: { column: 'seen', maximumAgeHours: 528 } },
    { classes: { minimumRows: 5, minimumShare: 0.5, maximumShare: 0.5, required: ['no', 'yes'] } },
    { duplicates: { maximumShare: 0 } },
  ])('%j is kept', async (contract) => {
    await expect(check(contract)).resolves.toEqual([]);
  });

  it('knows the classes that there may be', async () => {
    await expect(check({ classes: { allowed: ['no'] } })).resolves.toEqual([
      {
        rule: 'classes.allowed',
        message: '5 rows: the class is none of no.',
        scope: 'row',
        count: 5,
        expected: 'one of no',
        examples: [1, 3, 5, 7, 9].map((row) => ({ row, value: 'yes' })),
      },
    ]);
  });

  it('counts rows that repeat another, with their class', async () => {
    const people = goodPeople(4);
    people.push([...(people[1] as Person)], [...(people[1] as Person)], [...(people[0] as Person)]);
    people[6]![6] = 'another';
    await expect(check({ duplicates: { maximumShare: 0 } }, people)).resolves.toEqual([
      {
        rule: 'duplicates.maximumShare',
        message: '2 rows: the row repeats an earlier one.',
        scope: 'row',
        count: 2,
        expected: 'no row twice',
        examples: [
          { row: 4, value: '' },
          { row: 5, value: '' },
        ],
      },
    ]);
    await expect(check({ duplicates: { maximumShare: 0.25 } }, people)).resolves.toEqual(
      whole(
        'duplicates.maximumShare',
        '28.6 % of the rows repeat another; at most 25 % may.',
        'at most 25 %',
        '28.6 %',
      ),
    );
    await expect(check({ duplicates: { maximumShare: 0.3 } }, people)).resolves.toEqual([]);
  });

  it('takes the age of data without a date for unknown, and of any date', async () => {
    const freshness = { column: 'seen', maximumAgeHours: 1 };
    const people = goodPeople(2);
    for (const person of people) person[4] = null;
    await expect(check({ freshness }, people)).resolves.toMatchObject([
      { rule: 'freshness.maximumAgeHours', actual: 'no value' },
    ]);
    people[0]![4] = '0044-03-15 (BC) 12:00:00';
    await expect(check({ freshness }, people)).resolves.toMatchObject([
      { rule: 'freshness.maximumAgeHours', actual: '-000043-03-15T12:00:00.000Z' },
    ]);
    people[0]![4] = '290000-01-01 (BC)';
    await expect(check({ freshness }, people)).resolves.toMatchObject([
      { rule: 'freshness.maximumAgeHours', actual: '-271821-04-20T00:00:00.000Z' },
    ]);
    people[0]![4] = '9000-01-01';
    await expect(check({ freshness }, people)).resolves.toEqual([]);
  });

  it('breaks nothing but what asks for rows, without one', async () => {
    const contract: Partial<DataContract> = {
      columns: Object.fromEntries(
        PEOPLE.map(({ name, type }: DatasetColumn) => [name, { type, maximumNullShare: 0.5, unique: true }]),
      ),
      classes: { allowed: ['no'], minimumRows: 3, minimumShare: 0.1, maximumShare: 0.2 },
      duplicates: { maximumShare: 0.1 },
      rows: { maximum: 10 },
      drift: { maximumPsi: 0.1 },
    };
    await expect(check(contract, [])).resolves.toEqual([]);
    const asking = { ...contract, rows: { minimum: 1 }, freshness: { column: 'seen', maximumAgeHours: 1 } };
    await expect(
      check({ ...asking, classes: { required: ['yes'] }, policy: 'quarantine' }, []),
    ).resolves.toMatchObject([
      { rule: 'rows.minimum', actual: '0' },
      { rule: 'freshness.maximumAgeHours', actual: 'no value' },
      { rule: 'classes.required', actual: 'none of yes' },
    ]);
  });

  describe('with a policy', () => {
    const bad = (rows: number[]): Person[] => {
      const people = goodPeople();
      for (const row of rows) people[row]![0] = 3;
      return people;
    };
    const under = (contract: Partial<DataContract>, people: Person[]): Promise<ContractReport> =>
      checkPeople(room, people, { columns: { age: { minimum: 30 } }, ...contract }, { revision: 7 });
    const outcome = async (contract: Partial<DataContract>, people: Person[]) => {
      const { outcome: result, rows, quarantinedRows, violations } = await under(contract, people);
      return [result, rows, quarantinedRows, violations.map(({ rule }) => rule)];
    };

    it('reject: ends it', async () => {
      await expect(outcome({ policy: 'reject' }, bad([4]))).resolves.toEqual([
        'rejected',
        10,
        0,
        ['columns.age.minimum'],
      ]);
      await expect(under({ policy: 'reject' }, bad([]))).resolves.toEqual({
        outcome: 'passed',
        policy: 'reject',
        revision: 7,
        rows: 10,
        quarantinedRows: 0,
        violations: [],
      });
    });

    it('warn: goes on with all rows, whatever they break', async () => {
      const rules = ['columns.age.minimum', 'rows.minimum'];
      await expect(outcome({ policy: 'warn', rows: { minimum: 11 } }, bad([4]))).resolves.toEqual([
        'warned',
        10,
        0,
        rules,
      ]);
      await expect(outcome({ policy: 'warn', kind: 'image' }, bad([]))).resolves.toEqual([
        'warned',
        10,
        0,
        ['kind'],
      ]);
    });

    it('quarantine: keeps bad rows aside, and judges the whole by the others', async () => {
      const policy = 'quarantine' as const;
      await expect(outcome({ policy }, bad([4, 5]))).resolves.toEqual([
        'quarantined',
        10,
        2,
        ['columns.age.minimum'],
      ]);
      await expect(outcome({ policy, rows: { maximum: 8 } }, bad([4, 5]))).resolves.toEqual([
        'quarantined',
        10,
        2,
        ['columns.age.minimum'],
      ]);
      await expect(outcome({ policy, rows: { minimum: 9 } }, bad([4, 5]))).resolves.toEqual([
        'rejected',
        10,
        0,
        ['columns.age.minimum', 'rows.minimum'],
      ]);
      // Without rows 0, 2 and 4, only two of seven rows are `no`.
      await expect(outcome({ policy, classes: { minimumShare: 0.3 } }, bad([0, 2, 4]))).resolves.toEqual([
        'rejected',
        10,
        0,
        ['columns.age.minimum', 'classes.minimumShare'],
      ]);
    });

    it('quarantine: rejects what would leave nothing', async () => {
      const all = bad([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      await expect(under({ policy: 'quarantine' }, all)).resolves.toMatchObject({
        outcome: 'rejected',
        violations: [
          { rule: 'columns.age.minimum', count: 10 },
          { rule: 'policy', scope: 'dataset', actual: 'none of 10' },
        ],
      });
    });
  });
});
