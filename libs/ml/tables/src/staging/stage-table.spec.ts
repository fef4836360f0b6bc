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
});
