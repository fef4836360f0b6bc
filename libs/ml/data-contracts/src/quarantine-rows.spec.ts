import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkContract } from './check/check-contract';
import { quarantineRows } from './quarantine-rows';
import { goodPeople, openRoom, PEOPLE, stagePeople } from './testing/staged';
import type { Room } from './testing/staged';

describe('quarantineRows', () => {
  let room: Room;
  beforeEach(async () => (room = await openRoom()));
  afterEach(() => room.close());

  const check = (columns = PEOPLE) =>
    checkContract(room.engine, {
      relation: 'staged',
      kind: 'table',
      columns,
      contract: {
        kind: 'table',
        policy: 'quarantine',
        columns: { age: { minimum: 30 }, town: { allowed: ['Ulm', 'Bonn'] } },
      },
      now: new Date('2026-02-01T00:00:00Z'),
    });
  const rejects = async (): Promise<void> => {
    await room.engine.run(
      'create table rejects(file varchar, line bigint, column_name varchar, value varchar, reason varchar, raw varchar)',
    );
    await room.engine.run(
      `insert into rejects values ('people.csv', 9, 'age', 'ten', 'is no number', 'ten,1.8,Ulm')`,
    );
  };

  it('keeps bad rows aside with all their reasons, and what could not be read', async () => {
    const people = goodPeople(4);
    people[2]![0] = 3;
    await stagePeople(room.engine, people);
    await rejects();
    await expect(check()).resolves.toMatchObject({ outcome: 'quarantined', rows: 4, quarantinedRows: 1 });
    const path = join(room.folder, 'bad.parquet');
    await expect(quarantineRows(room.engine, { path, columns: PEOPLE })).resolves.toEqual({ rows: 2 });
    await expect(room.engine.rows('select "row" from staged order by 1')).resolves.toEqual([
      { row: 0 },
      { row: 1 },
      { row: 3 },
    ]);
    await expect(
      room.engine.rows('select reason, line, raw, "row", age, town, note from read_parquet($1)', [path]),
    ).resolves.toEqual([
      {
        reason: 'age is below 30; town is none of Ulm, Bonn',
        line: null,
        raw: null,
        row: 2,
        age: 3,
        town: 'Graz',
        note: 'note 2',
      },
      { reason: 'is no number', line: 9, raw: 'ten,1.8,Ulm', row: null, age: null, town: null, note: null },
    ]);
  });

  it('writes no file when all is well', async () => {
    await stagePeople(room.engine, goodPeople(2));
    await check();
    const path = join(room.folder, 'bad.parquet');
    await expect(quarantineRows(room.engine, { path, columns: PEOPLE })).resolves.toEqual({ rows: 0 });
    expect(existsSync(path)).toBe(false);
  });

  it('keeps aside what could not be read where there was no contract', async () => {
    await stagePeople(room.engine, goodPeople(2));
    await rejects();
    const path = join(room.folder, 'bad.parquet');
    await expect(quarantineRows(room.engine, { path, columns: PEOPLE })).resolves.toEqual({ rows: 1 });
    await expect(room.engine.rows('select value from read_parquet($1)', [path])).resolves.toEqual([
      { value: 'ten' },
    ]);
  });

  it('takes columns of any names', async () => {
    const people = goodPeople(1);
    people[0]![0] = 3;
    await stagePeople(room.engine, people);
    const named = PEOPLE.map((column, index) => ({
      ...column,
      name: ['age', 'Reason', 'town', 'row', `"; drop table staged; --`, 'ä b', 'label'][index] as string,
    }));
    await check(named);
    const path = join(room.folder, 'bad.parquet');
    await quarantineRows(room.engine, { path, columns: named });
    const described = await room.engine.rows<{ column_name: string }>(
      'describe select * from read_parquet($1)',
      [path],
    );
    expect(described.map(({ column_name: name }) => name).slice(6)).toEqual([
      'row',
      'age',
      'Reason_2',
      'town',
      'row_2',
      `"; drop table staged; --`,
      'ä b',
      'label',
    ]);
  });
});
