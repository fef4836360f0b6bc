import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { TableEngine } from '../engine/table-engine';
import { parseFilter } from '../filter/parse-filter';
import type { Queryable } from '../filter/queryable';
import { stageTable } from '../staging/stage-table';
import { exportRows } from './export-rows';
import { quoteIdentifier } from './quote-identifier';

const VALUES = [
  'plain',
  'a "quote"',
  "it's",
  'a,b;c',
  'two\nlines',
  'tab\there',
  ' spaces ',
  'Grüße 日本 🎲',
  '=1+1',
  '-5',
  '007',
  null,
  '\\n',
  '{"a":1}',
  'true',
];
const NAMES = [
  'text',
  'a "b"',
  "c'd",
  'x,y',
  'line\nend',
  'ünï🎲',
  '; drop table things',
  'select',
  ' s',
  'a.b',
  '1',
  'TEXT',
];

describe('exportRows', () => {
  let folder: string;
  let engine: TableEngine;
  const columns: Queryable[] = [
    ...NAMES.map((name, i): Queryable => ({ name, expression: `c${i}`, type: 'text' })),
    { name: 'number', expression: 'c12', type: 'numeric' },
    { name: 'whole', expression: 'c13', type: 'integer' },
    { name: 'when', expression: 'c14', type: 'date' },
    { name: 'vip', expression: 'c15', type: 'boolean' },
  ];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'export-'));
    engine = await TableEngine.open({ folder });
    const texts = NAMES.map((_, i) => `c${i} varchar`).join(', ');
    await engine.run(
      `create table things (row bigint, ${texts}, c12 double, c13 bigint, c14 timestamp, c15 boolean)`,
    );
    for (const [row, value] of [...VALUES.entries()].reverse())
      await engine.run(
        `insert into things values ($1::bigint, ${NAMES.map(() => '$2').join(', ')}, $1::bigint / 3, 9007199254740993 + $1::bigint,
          timestamp '2026-11-02 10:15:00.125', $2 is null)`,
        [row, value],
      );
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  const exported = async (format: 'csv' | 'jsonl' | 'parquet', filter?: string): Promise<string> => {
    const path = join(folder, `it's.${format}`);
    const condition = filter === undefined ? {} : { filter: parseFilter(filter) };
    await exportRows(engine, { relation: 'things', columns, format, path, ...condition });
    return path;
  };
  const wanted = [...NAMES.slice(0, -1), 'TEXT_2', 'number', 'whole', 'when', 'vip'];
  const expected = VALUES.map((value, row) => [
    ...NAMES.map(() => value),
    row / 3,
    String(9007199254740993n + BigInt(row)),
    '2026-11-02T10:15:00.125Z',
    value === null,
  ]);

  it.each(['csv', 'jsonl', 'parquet'] as const)(
    'writes %s that reads back the same, in order',
    async (format) => {
      const path = await exported(format);
      const other = await TableEngine.open({ folder });
      try {
        const types = { 'a "b"': { type: 'text' as const } };
        const staged = await stageTable(other, [{ path, name: 'export' }], {
          format,
          scratch: folder,
          target: 'vip',
          columns: types,
          ...(format === 'csv' ? { csv: { header: true, delimiter: ',' } } : {}),
        });
        const names = staged.columns.map(({ name }) => name);
        // Spaces about a name are cut off when CSV is read.
        expect(names).toEqual(format === 'csv' ? wanted.map((name) => name.trim()) : wanted);
        const values = names.map((_, i) => `c${i}::varchar as v${i}`);
        const rows = await other.rows(`select ${values.join(', ')} from staged order by row`);
        expect(rows.map((row) => [row['v0'], row['v1'], Number(row['v12']), row['v13'], row['v15']])).toEqual(
          expected.map((row) => [row[0], row[1], row[12], row[13], String(row[15])]),
        );
      } finally {
        other.close();
      }
    },
  );

  it('writes JSON that others read', async () => {
    const lines = readFileSync(await exported('jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(Object.keys(objects[0] ?? {})).toEqual(
      wanted.sort((a, b) => Number(b === '1') - Number(a === '1')),
    );
    expect(objects.map((object) => object['line\nend'])).toEqual(VALUES);
    expect(objects[0]?.['when']).toBe('2026-11-02T10:15:00.125Z');
  });

  it('writes the rows that the filter lets through, and their header where there are none', async () => {
    const lines = readFileSync(await exported('jsonl', "text in ('=1+1', '-5')"), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(2);
    const none = readFileSync(await exported('csv', "text = 'nowhere'"), 'utf8');
    expect(none.startsWith('text,"a ""b""",')).toBe(true);
  });
});

describe('quoteIdentifier', () => {
  let folder: string;
  let engine: TableEngine;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quote-'));
    engine = await TableEngine.open({ folder });
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  it('lets any text be a name, and nothing but a name', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(name, fc.constantFrom('"', '""; drop table x; --', "'", '\\', 'select', '$1')),
        async (text) => {
          expect(await engine.row(`select 1 as ${quoteIdentifier(text)}`)).toEqual({ [text]: 1 });
        },
      ),
    );
  });

  it('refuses a NUL', () => {
    expect(() => quoteIdentifier('a\0b')).toThrow(RangeError);
  });
});
