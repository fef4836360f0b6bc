import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { TableEngine } from '../engine/table-engine';
import { parseFilter } from '../filter/parse-filter';
import { parseSort } from '../filter/parse-sort';
import type { Queryable } from '../filter/queryable';
import { InvalidPageToken } from './page-token';
import { countRows, readRows } from './read-rows';
import type { RowsPage } from './read-rows';

const COLUMNS: Queryable[] = [
  { name: 'n', expression: 'c0', type: 'integer' },
  { name: 'x', expression: 'c1', type: 'numeric' },
  { name: 't', expression: 'c2', type: 'text' },
  { name: 'd', expression: 'c3', type: 'date' },
  { name: 'b', expression: 'c4', type: 'boolean' },
];
const ROWS = 97;

describe('readRows', () => {
  let folder: string;
  let engine: TableEngine;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rows-'));
    engine = await TableEngine.open({ folder });
    await engine.run(`create table things as select i * 3 as row,
      case when i % 7 = 0 then null else i % 4 + 9007199254740990 end as c0,
      case when i % 5 = 0 then null else (i % 11) / 10.0::double end as c1,
      case when i % 6 = 0 then null else chr((97 + i % 3)::integer) || chr((252 + i % 2)::integer) end as c2,
      case when i % 8 = 0 then null else timestamp '2026-11-02 10:15:00.123456' + to_days((i % 3)::integer) end as c3,
      case when i % 9 = 0 then null else i % 2 = 0 end as c4 from range(${ROWS}) r(i) order by hash(i)`);
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });

  const page = (options: {
    sort?: string;
    after?: string;
    limit?: number;
    filter?: string;
  }): Promise<RowsPage> =>
    readRows(engine, {
      relation: 'things',
      columns: COLUMNS,
      limit: options.limit ?? 10,
      ...(options.sort === undefined ? {} : { sort: parseSort(options.sort, COLUMNS) }),
      ...(options.after === undefined ? {} : { after: options.after }),
      ...(options.filter === undefined ? {} : { filter: parseFilter(options.filter) }),
    });

  const allPages = async (sort: string | undefined, limit: number): Promise<number[]> => {
    const rows: number[] = [];
    let after: string | undefined;
    do {
      const found = await page({
        limit,
        ...(sort === undefined ? {} : { sort }),
        ...(after === undefined ? {} : { after }),
      });
      rows.push(...found.rows.map(({ row }) => row));
      after = found.next;
    } while (after !== undefined);
    return rows;
  };

  it('shows every row once, page after page, in the order of a single page', async () => {
    const key = fc.constantFrom('n', 'x', 't', 'd', 'b');
    const sort = fc
      .uniqueArray(key, { maxLength: 3 })
      .chain((keys) =>
        fc
          .array(fc.boolean(), { minLength: keys.length, maxLength: keys.length })
          .map((down) => keys.map((name, i) => `${down[i] === true ? '-' : ''}${name}`).join(',')),
      );
    await fc.assert(
      fc.asyncProperty(sort, fc.integer({ min: 1, max: 40 }), async (order, limit) => {
        const by = order === '' ? undefined : order;
        const rows = await allPages(by, limit);
        const whole = await page({ limit: 1_000, ...(by === undefined ? {} : { sort: by }) });
        expect(rows).toEqual(whole.rows.map(({ row }) => row));
        expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: ROWS }, (_, i) => i * 3));
      }),
      { numRuns: 25 },
    );
  });

  it.each(['x', '-x'])('puts missing values last by %s', async (sort) => {
    const { rows } = await page({ sort, limit: 1_000 });
    const missing = rows.map(({ values }) => values[1] === null);
    expect(missing.indexOf(true)).toBe(missing.length - missing.filter(Boolean).length);
  });

  it('filters before it counts and pages', async () => {
    const filter = "t like 'a%' and x is not null";
    const { rows } = await page({ filter, limit: 1_000 });
    const count = await countRows(engine, {
      relation: 'things',
      columns: COLUMNS,
      filter: parseFilter(filter),
    });
    expect(rows).toHaveLength(count);
    expect(rows.every(({ values }) => (values[2] as string).startsWith('a') && values[1] !== null)).toBe(
      true,
    );
    expect(await countRows(engine, { relation: 'things', columns: COLUMNS })).toBe(ROWS);
  });

  it('takes no token of another order, nor one that was changed', async () => {
    const { next } = await page({ sort: 'd' });
    const content = JSON.parse(Buffer.from(next ?? '', 'base64url').toString()) as unknown[];
    const written = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [order, row] = content;
    const tampered = [
      'x',
      '',
      written(null),
      written([]),
      written([order, row]),
      written([order, row, 'no date']),
      written([order, row, {}]),
      written([order, row, '2026-11-02', 1]),
      written([order, 'x', null]),
      written([order, 1.5, null]),
      written(['-d', row, null]),
      written([order, row, "'; drop table things; --"]),
    ];
    for (const after of tampered)
      await expect(page({ sort: 'd', after })).rejects.toBeInstanceOf(InvalidPageToken);
    await expect(page({ sort: '-d', after: next ?? '' })).rejects.toBeInstanceOf(InvalidPageToken);
    await expect(page({ after: next ?? '' })).rejects.toBeInstanceOf(InvalidPageToken);
    expect(await countRows(engine, { relation: 'things', columns: COLUMNS })).toBe(ROWS);
  });

  it('takes any text as a token, or refuses it', async () => {
    const content = fc.tuple(
      fc.constant('+n\n-t'),
      fc.integer(),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.oneof(fc.string(), fc.constant(null)),
    );
    const token = fc.oneof(
      fc.string(),
      content.map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(token, async (after) => {
        const found = await page({ sort: 'n,-t', after }).catch((error: unknown) => error);
        if (found instanceof Error) expect(found).toBeInstanceOf(InvalidPageToken);
      }),
    );
  });
});
