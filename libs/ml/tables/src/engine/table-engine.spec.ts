import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableEngine } from './table-engine';

describe('TableEngine', () => {
  let folder: string;
  let engine: TableEngine;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tables-'));
    engine = await TableEngine.open({ folder });
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  it('gives plain values', async () => {
    const row = await engine.row(
      `select 1::bigint as i, 9007199254740993::bigint as big, 'x' as t, 1.5::double as d, 'nan'::double as n,
        true as b, null as z, date '2026-11-02' as day, timestamp '2026-11-02 10:15:00' as at,
        '\\xAB'::blob as bytes, [1, 2] as l, {a: 1} as s, map {'k': 2} as m, 1.10::decimal(4, 2) as dec`,
    );
    expect(row).toEqual({
      i: 1,
      big: '9007199254740993',
      t: 'x',
      d: 1.5,
      n: 'NaN',
      b: true,
      z: null,
      day: '2026-11-02',
      at: '2026-11-02T10:15:00Z',
      bytes: 'ab',
      l: [1, 2],
      s: { a: 1 },
      m: { k: 2 },
      dec: '1.10',
    });
  });

  it('streams a large result in chunks', async () => {
    let rows = 0;
    for await (const chunk of engine.chunks('select i from range($1) t(i)', [10_000])) rows += chunk.rowCount;
    expect(rows).toBe(10_000);
  });

  it('opens no file outside of its folders, and cannot be told to', async () => {
    writeFileSync(join(folder, 'in.csv'), 'a\n1\n');
    await expect(engine.rows('select * from read_csv($1)', [join(folder, 'in.csv')])).resolves.toHaveLength(
      1,
    );
    await expect(engine.rows('select * from read_text($1)', ['/etc/passwd'])).rejects.toThrow(
      /Cannot access/,
    );
    await expect(engine.run('set enable_external_access = true')).rejects.toThrow();
    await expect(engine.run('install httpfs')).rejects.toThrow();
  });

  it('does not say where its files lie', async () => {
    writeFileSync(join(folder, 'broken.parquet'), 'PAR1 no Parquet PAR1');
    const error: unknown = await engine
      .rows('select * from read_parquet($1)', [join(folder, 'broken.parquet')])
      .catch((caught: unknown) => caught);
    expect(String(error)).toContain('broken.parquet');
    expect(String(error)).not.toContain(folder);
  });
});
