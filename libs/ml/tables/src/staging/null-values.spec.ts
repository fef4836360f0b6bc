import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TableEngine } from '../engine/table-engine';
import { stageTable } from './stage-table';
import type { StageOptions } from './stage-options';

const EXAMPLES = resolve(__dirname, '../../../../../examples/data');

describe('texts that stand for no value', () => {
  let folder: string;
  let engine: TableEngine;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nulls-'));
    engine = await TableEngine.open({ folder, folders: [EXAMPLES] });
  });
  afterEach(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  const stage = (content: string, csv?: StageOptions['csv']) => {
    const path = join(folder, 'in.csv');
    writeFileSync(path, content);
    const options = { format: 'csv', scratch: folder, ...(csv === undefined ? {} : { csv }) } as const;
    return stageTable(engine, [{ path, name: 'in.csv' }], options);
  };

  it('reads the Palmer penguins, whose missing values are written NA', async () => {
    const path = join(EXAMPLES, 'penguins.csv');
    const files = [{ path, name: 'penguins.csv' }];
    const staged = await stageTable(engine, files, { format: 'csv', scratch: folder });
    expect(staged).toMatchObject({ target: 'species', rows: 344, rejected: 0 });
    expect(staged.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
      ['species', 'categorical', false],
      ['island', 'categorical', false],
      ['bill_length_mm', 'numeric', true],
      ['bill_depth_mm', 'numeric', true],
      ['flipper_length_mm', 'integer', true],
      ['body_mass_g', 'integer', true],
      ['sex', 'categorical', true],
      ['year', 'integer', false],
    ]);
    const [missing] = await engine.rows('select count(*) - count(c6) as sex from staged');
    expect(missing).toEqual({ sex: 11 });
  });

  it('knows the usual ones, in columns of numbers and of text', async () => {
    const usual = ['NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NULL', 'null', ''];
    const lines = usual.map((text) => `${text},"${text}",x`);
    await stage(`number,text,label\n1.5,Nancy,x\n${lines.join('\n')}\n`);
    const rows = await engine.rows('select c0, c1 from staged where c0 is not null or c1 is not null');
    expect(rows).toEqual([{ c0: 1.5, c1: 'Nancy' }]);
  });

  it('takes a given list in their place', async () => {
    await stage('number,text,label\n1,NA,x\n-999,null,y\n,,z\n', { nullValues: ['-999'] });
    expect(await engine.rows('select c0, c1 from staged order by row')).toEqual([
      { c0: 1, c1: 'NA' },
      { c0: null, c1: 'null' },
      { c0: null, c1: null },
    ]);
  });

  it('names each bad column of a row once', async () => {
    const good = '1,2,3,x\n'.repeat(40);
    const staging = stage(`a,b,c,label\n${good}none,?,?,y\n`);
    await expect(staging).rejects.toMatchObject({
      problemCount: 1,
      problems: [
        {
          line: 42,
          column: 'a',
          value: 'none',
          message:
            '"none" is not a whole number. Correct it, name it in csv.nullValues if it stands for no value, or give the column another type. The row has such values in the columns b, c too.',
        },
      ],
    });
  });
});
