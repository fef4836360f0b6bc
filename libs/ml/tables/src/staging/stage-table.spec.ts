import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileColumns } from '../profile/profile-columns';
import { readRows } from '../rows/read-rows';
import { parseFilter } from '../filter/parse-filter';
import { TableEngine } from '../engine/table-engine';
import { stageTable } from './stage-table';

describe('stageTable', () => {
  let folder: string;
  let engine: TableEngine;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'staging-'));
    engine = await TableEngine.open({ folder });
  });
  afterEach(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  it('reads a CSV file with types, and profiles it', async () => {
    const path = join(folder, 'in.csv');
    writeFileSync(
      path,
      'age,height,born,vip,label\n30,1.5,1990-01-02,true,a\n40,,1980-01-02,false,b\n50,1.75,1970-01-02,true,a\n',
    );
    const staged = await stageTable(engine, [{ path, name: 'people.csv' }], {
      format: 'csv',
      scratch: folder,
    });
    expect(staged).toMatchObject({
      target: 'label',
      rows: 3,
      rejected: 0,
      columns: [
        { name: 'age', type: 'integer', role: 'feature', nullable: false },
        { name: 'height', type: 'numeric', role: 'feature', nullable: true },
        { name: 'born', type: 'date', role: 'feature', nullable: false },
        { name: 'vip', type: 'boolean', role: 'feature', nullable: false },
        { name: 'label', type: 'categorical', role: 'target', nullable: false },
      ],
    });
    const columns = staged.columns.map((column, index) => ({ ...column, index }));
    const statistics = await profileColumns(engine, 'staged', columns, { label: 'c4' });
    expect(statistics[0]).toMatchObject({
      name: 'age',
      missing: 0,
      distinct: 3,
      numeric: { minimum: 30, maximum: 50, mean: 40 },
    });
    const queryables = columns.map(({ name, type, index }) => ({ name, type, expression: `c${index}` }));
    const page = await readRows(engine, {
      relation: 'staged',
      columns: queryables,
      filter: parseFilter("age > 30 and label in ('a', 'b')"),
      limit: 10,
    });
    expect(page.rows).toEqual([
      { row: 1, values: [40, null, '1980-01-02T00:00:00Z', false, 'b'] },
      { row: 2, values: [50, 1.75, '1970-01-02T00:00:00Z', true, 'a'] },
    ]);
  });

  it('tells the line and the column of every row that it cannot read', async () => {
    const path = join(folder, 'in.csv');
    writeFileSync(path, 'a,b,label\n1,2,x\n1,2\n1,2,3,4\n"5\n",2,\n3,4,y\n');
    const staging = stageTable(engine, [{ path, name: 'in.csv' }], { format: 'csv', scratch: folder });
    await expect(staging).rejects.toMatchObject({
      problemCount: 3,
      problems: [
        { file: 'in.csv', line: 3, message: 'The row has 2 values; the file has 3 columns.' },
        { file: 'in.csv', line: 4, message: 'The row has 4 values; the file has 3 columns.' },
        { file: 'in.csv', line: 5, column: 'label', message: 'The class is missing.' },
      ],
    });
  });

  it('reads JSON Lines, and tells the lines of broken ones', async () => {
    const path = join(folder, 'in.jsonl');
    writeFileSync(path, '{"a":1,"label":"u"}\n{"a":2,"label":\n[1]\n{"a":2.5,"label":"v"}\n{"a":3}\n');
    const options = { format: 'jsonl', scratch: folder, badRows: 'warn' } as const;
    const staged = await stageTable(engine, [{ path, name: 'in.jsonl' }], options);
    expect(staged.columns.map(({ type }) => type)).toEqual(['numeric', 'categorical']);
    expect(staged).toMatchObject({ rows: 2, rejected: 3 });
    expect(staged.problems.map(({ line }) => line)).toEqual([2, 3, 5]);
  });

  it('reads Parquet by its types, and refuses those that no column can have', async () => {
    const good = join(folder, 'good.parquet');
    const bad = join(folder, 'bad.parquet');
    await engine.run(
      `copy (select 1::smallint as a, 1.5::decimal(4, 2) as b, date '2026-11-02' as d, 'x' as label) to '${good}'`,
    );
    await engine.run(`copy (select [1, 2] as list, 'x' as label) to '${bad}'`);
    const options = { format: 'parquet', scratch: folder } as const;
    await expect(stageTable(engine, [{ path: bad, name: 'bad.parquet' }], options)).rejects.toMatchObject({
      problems: [{ file: 'bad.parquet', column: 'list' }],
    });
    const staged = await stageTable(engine, [{ path: good, name: 'good.parquet' }], options);
    expect(staged.columns.map(({ type }) => type)).toEqual(['integer', 'numeric', 'date', 'categorical']);
  });
});
