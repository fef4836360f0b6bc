import type { ColumnRule, ContractReport, DataContract } from '@modelyard/contracts';
import { ContractError } from '../contract-error';
import { goodPeople, openRoom, PEOPLE, stagePeople } from '../testing/staged';
import type { Room } from '../testing/staged';
import { checkContract } from './check-contract';

const NOW = new Date('2026-02-01T00:00:00Z');

describe('checkContract', () => {
  let room: Room;
  beforeAll(async () => (room = await openRoom()));
  afterAll(() => room.close());

  const check = (contract: Partial<DataContract>): Promise<ContractReport> =>
    checkContract(room.engine, {
      relation: 'staged',
      kind: 'table',
      columns: PEOPLE,
      contract: { kind: 'table', policy: 'reject', ...contract },
      now: NOW,
    });
  const checkColumn = (name: string, rule: ColumnRule): Promise<ContractReport> =>
    check({ columns: { [name]: rule } });

  it('passes what keeps all rules', async () => {
    await stagePeople(room.engine, goodPeople());
    const report = await check({
      rows: { minimum: 10, maximum: 10 },
      columns: {
        age: { type: 'integer', minimum: 30, maximum: 39, maximumNullShare: 0, unique: true },
        height: { type: 'numeric', minimum: 1.5, maximum: 2, maximumNullShare: 0.5 },
        town: {
          type: 'text',
          allowed: ['Ulm', 'Bonn', 'Graz'],
          pattern: '[A-Z][a-z]+',
          minimumLength: 3,
          maximumLength: 4,
        },
        member: { allowed: [true, false] },
        seen: { minimum: '2026-01-01', maximum: '2026-02-01T00:00:00Z' },
        note: {},
        label: {},
        extra: { required: false },
      },
      closed: true,
      classes: {
        allowed: ['no', 'yes'],
        required: ['yes'],
        minimumRows: 5,
        minimumShare: 0.5,
        maximumShare: 0.5,
      },
      duplicates: { maximumShare: 0 },
      freshness: { column: 'seen', maximumAgeHours: 24 * 22 },
    });
    expect(report).toEqual({
      outcome: 'passed',
      policy: 'reject',
      rows: 10,
      quarantinedRows: 0,
      violations: [],
    });
  });

  it('names the rule, the rows that break it, and what they have', async () => {
    const people = goodPeople();
    people[3]![0] = 29;
    people[7]![0] = -1;
    await stagePeople(room.engine, people);
    const { outcome, violations } = await checkColumn('age', { minimum: 30 });
    expect(outcome).toBe('rejected');
    expect(violations).toEqual([
      {
        rule: 'columns.age.minimum',
        message: '2 rows: age is below 30.',
        scope: 'row',
        count: 2,
        expected: 'at least 30',
        examples: [
          { row: 3, value: '29' },
          { row: 7, value: '-1' },
        ],
      },
    ]);
    await expect(room.engine.rows('select * from violations')).resolves.toEqual([
      { row: 3, reason: 'age is below 30' },
      { row: 7, reason: 'age is below 30' },
    ]);
  });

  it('says which pattern is none of RE2', async () => {
    await stagePeople(room.engine, goodPeople());
    await expect(checkColumn('town', { pattern: '(?=a)' })).rejects.toThrow(ContractError);
    await expect(checkColumn('town', { pattern: '(?=a)' })).rejects.toThrow(
      /^columns\.town\.pattern: is no regular/,
    );
  });

  it('judges added rows one by one, and the whole together with those that they are added to', async () => {
    await stagePeople(room.engine, goodPeople());
    await room.engine.run('create or replace table parent_samples as select * from staged');
    await room.engine.run('delete from staged where "row" > 1');
    const added = (contract: Partial<DataContract>): Promise<ContractReport> =>
      checkContract(room.engine, {
        relation: 'staged',
        besides: 'parent_samples',
        kind: 'table',
        columns: PEOPLE,
        contract: { kind: 'table', policy: 'quarantine', ...contract },
        now: NOW,
      });
    const whole = { rows: { minimum: 11, maximum: 12 }, classes: { minimumRows: 5 } };
    expect(await added(whole)).toMatchObject({ outcome: 'passed', rows: 12 });
    // Most of the rows that were there are above 30 too; they are not judged again.
    const age = { columns: { age: { maximum: 30 } } };
    expect(await added({ ...whole, ...age })).toMatchObject({
      outcome: 'quarantined',
      rows: 12,
      quarantinedRows: 1,
      violations: [{ rule: 'columns.age.maximum', count: 1 }],
    });
    expect(await added({ rows: { maximum: 11 } })).toMatchObject({
      outcome: 'rejected',
      violations: [{ rule: 'rows.maximum', actual: '12' }],
    });
  });
});
