import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ColumnStatistics } from '@modelyard/contracts';
import { TableEngine } from '../engine/table-engine';
import { stageTable } from '../staging/stage-table';
import { profileColumns } from './profile-columns';

const EXAMPLES = resolve(__dirname, '../../../../../examples/data');

describe('profileColumns', () => {
  let folder: string;
  let engine: TableEngine;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'profile-'));
    engine = await TableEngine.open({ folder, folders: [EXAMPLES] });
  });
  afterEach(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  const profile = async (path: string, target: string): Promise<Map<string, ColumnStatistics>> => {
    const { columns } = await stageTable(engine, [{ path, name: 'in.csv' }], {
      format: 'csv',
      target,
      scratch: folder,
    });
    const asked = columns.map(({ name, type }, index) => ({ index, name, type }));
    const label = `c${columns.findIndex(({ name }) => name === target)}`;
    const statistics = await profileColumns(engine, 'staged', asked, { label });
    return new Map(statistics.map((column) => [column.name, column]));
  };
  const profileOf = (content: string, target: string): Promise<Map<string, ColumnStatistics>> => {
    const path = join(folder, 'in.csv');
    writeFileSync(path, content);
    return profile(path, target);
  };

  // Values from pandas 3.1.1 and NumPy 2.4.6: d = read_csv('penguins.csv'); x = d.bill_length_mm.dropna(); x.mean(),
  // x.std(), x.quantile(p), numpy.histogram(x, bins=30), d.groupby('species').bill_length_mm.mean() and .std(),
  // x.nunique(), d.island.value_counts(), d.sex.isna().sum()
  it('describes penguins as pandas does', async () => {
    const columns = await profile(join(EXAMPLES, 'penguins.csv'), 'species');
    const bill = columns.get('bill_length_mm');
    expect(bill).toMatchObject({ missing: 2, distinct: 164, distinctExact: true, nearConstant: false });
    expect(bill?.missingShare).toBeCloseTo(2 / 344, 12);
    expect(bill?.numeric).toMatchObject({ minimum: 32.1, maximum: 59.6, zeros: 0, negatives: 0 });
    expect(bill?.numeric?.mean).toBeCloseTo(43.9219298245614, 10);
    expect(bill?.numeric?.standardDeviation).toBeCloseTo(5.4595837139265315, 10);
    const expected = [34.041, 35.7, 39.225, 44.45, 48.5, 51.995, 55.513];
    bill?.numeric?.quantiles.forEach(({ value }, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 9));
    expect(bill?.numeric?.quantiles.map(({ probability }) => probability)).toEqual([
      0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99,
    ]);
    expect(bill?.numeric?.histogram.counts).toEqual(HISTOGRAM);
    expect(bill?.perClass?.['Chinstrap']?.mean).toBeCloseTo(48.83382352941177, 10);
    expect(bill?.perClass?.['Chinstrap']?.standardDeviation).toBeCloseTo(3.3392558959358865, 10);
    expect(columns.get('island')?.top).toEqual([
      { value: 'Biscoe', rows: 168 },
      { value: 'Dream', rows: 124 },
      { value: 'Torgersen', rows: 52 },
    ]);
    expect(columns.get('sex')).toMatchObject({ missing: 11, distinct: 2 });
  });

  it('finds the column that gives the class away, and the one that hardly varies', async () => {
    const rows = Array.from({ length: 400 }, (_, i) =>
      [(i * 7919) % 1000, i % 3 === 0 ? 'yes-code' : 'no-code', i === 7 ? 1 : 0, i % 3 === 0].join(','),
    );
    const columns = await profileOf(`noise,code,flag,label\n${rows.join('\n')}\n`, 'label');
    expect(columns.get('code')?.leak).toMatchObject({ accuracy: 1, suspected: true });
    expect(columns.get('noise')?.leak?.suspected).toBe(false);
    expect(columns.get('noise')?.leak?.baseline).toBeCloseTo(266 / 400, 2);
    expect(columns.get('flag')?.nearConstant).toBe(true);
    expect(columns.get('noise')?.nearConstant).toBe(false);
  });

  it('takes numbers of any size', async () => {
    const columns = await profileOf('x,label\n1e300,a\n-1e300,b\n0,a\n', 'label');
    expect(columns.get('x')?.numeric).toMatchObject({ minimum: -1e300, maximum: 1e300, mean: 0, zeros: 1 });
    expect((columns.get('x')?.numeric?.standardDeviation ?? 0) / 1e300).toBeCloseTo(1, 12);
  });

  it('knows what to say of a single row', async () => {
    const columns = await profileOf('x,label\n4,a\n', 'label');
    expect(columns.get('x')).toMatchObject({ distinct: 1, numeric: { mean: 4, standardDeviation: null } });
  });
});

const HISTOGRAM = [
  1, 2, 6, 11, 16, 13, 21, 17, 19, 21, 13, 14, 14, 8, 27, 25, 18, 12, 19, 21, 21, 11, 3, 2, 2, 3, 0, 0, 1, 1,
];
