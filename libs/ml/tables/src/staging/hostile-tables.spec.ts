import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { UnreadableData } from '@modelyard/contracts';
import { TableEngine } from '../engine/table-engine';
import { stageTable } from './stage-table';
import type { StagedTable, StageOptions } from './stage-options';

/** What people and attackers send as tables. */
describe('hostile tables', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hostile-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function stage<T = StagedTable>(
    content: string | Buffer,
    options: Partial<StageOptions> = {},
    look: (engine: TableEngine, staged: StagedTable) => Promise<T> = (_, staged) =>
      Promise.resolve(staged as T),
  ): Promise<T> {
    const engine = await TableEngine.open({ folder, memoryMiB: 200 });
    try {
      const path = join(folder, 'in');
      writeFileSync(path, content);
      const staged = await stageTable(engine, [{ path, name: 'in.csv' }], {
        format: 'csv',
        target: 'label',
        scratch: folder,
        ...options,
      });
      return await look(engine, staged);
    } finally {
      engine.close();
    }
  }
  const refusal = async (
    content: string | Buffer,
    options: Partial<StageOptions> = {},
  ): Promise<UnreadableData> => {
    const error: unknown = await stage(content, options).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnreadableData);
    expect(String(error)).not.toContain(folder);
    return error as UnreadableData;
  };

  const text = 'a,town,label\n1,Köln,x\n2,Ulm,y\n3,Graz,x\n';
  it.each([
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little-endian', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big-endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['CR', Buffer.from(text.replaceAll('\n', '\r'))],
    ['no line end at the end', Buffer.from(text.trimEnd())],
    ['gzip', gzipSync(text)],
  ])('reads %s as the plain file', async (_name, content) => {
    const towns = await stage(content, {}, (engine) =>
      engine.rows('select c0, c1, c2 from staged order by "row"'),
    );
    expect(towns).toEqual([
      { c0: 1, c1: 'Köln', c2: 'x' },
      { c0: 2, c1: 'Ulm', c2: 'y' },
      { c0: 3, c1: 'Graz', c2: 'x' },
    ]);
  });

  it.each<[string, string | Buffer, number | undefined, RegExp]>([
    ['a ragged row', 'a,b,label\n1,2,x\n3,4,y,9\n5,6,x\n', 3, /4 values/],
    ['a short row', 'a,b,label\n1,2,x\n3\n5,6,x\n', 3, /1 value|columns/],
    ['a quote left open', 'a,b,label\n1,"2,x\n3,4,y\n', 2, /quote/],
    ['two columns of one name', 'a,a,label\n1,2,x\n', 1, /more than once/],
    ['no class in a row', 'a,label\n1,x\n2,\n3,y\n', 3, /class/],
    ['no target', 'a,b\n1,2\n', undefined, /label/],
    ['nothing but a header', 'a,label\n', undefined, /row/],
    ['nothing', '', undefined, /empty/],
    ['a gzip that is cut off', gzipSync(text.repeat(1000)).subarray(0, 60), undefined, /end|cut|damaged/i],
    ['more columns than a table has', `${'c,'.repeat(5000)}label\n`, 1, /4096/],
  ])('refuses %s, and says where', async (_name, content, line, message) => {
    const error = await refusal(content);
    expect([error.message, ...error.problems.map((problem) => problem.message)].join('\n')).toMatch(message);
    if (line !== undefined) expect(error.problems[0]?.line).toBe(line);
  });

  it('takes names for what they are', async () => {
    const names = ['a"; drop table staged; --', "b'c", '__proto__', 'select', 'label'];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const staged = await stage(`${header}\n1,2,3,4,x\n5,6,7,8,y\n`);
    expect(staged.columns.map(({ name }) => name)).toEqual(names);
    expect(staged.rows).toBe(2);
  });

  it.each<[StageOptions['format']]>([['csv'], ['jsonl'], ['parquet']])(
    'reads any bytes as %s, or says what is wrong with them',
    async (format) => {
      const alphabet = fc.constantFrom(
        'a',
        ',',
        '\n',
        '"',
        '\r',
        '{',
        '}',
        ':',
        '1',
        'é',
        '\0',
        'label',
        '\t',
        ' ',
      );
      const content = fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        fc.array(alphabet, { maxLength: 80 }).map((parts) => Buffer.from(parts.join(''))),
        fc.array(alphabet, { maxLength: 40 }).map((parts) => Buffer.from(`x,label\n1,a\n${parts.join('')}`)),
        fc
          .uint8Array({ maxLength: 200 })
          .map((bytes) => Buffer.concat([Buffer.from('PAR1'), bytes, Buffer.from('PAR1')])),
      );
      await fc.assert(
        fc.asyncProperty(content, async (bytes) => {
          try {
            expect((await stage(bytes, { format, badRows: 'warn' })).rows).toBeGreaterThanOrEqual(0);
          } catch (error) {
            if (!(error instanceof UnreadableData)) throw error;
          }
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );

  it('finds the same rows and types in a clean file as in one with a bad row, which is read otherwise', async () => {
    const cell = fc.oneof(
      fc.integer({ min: -1000, max: 1000 }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String),
      fc.constantFrom('', 'NA', 'true', 'false', '2026-11-02', 'Ulm', '007', 'x y', '"quoted, text"'),
    );
    const columns = fc.integer({ min: 1, max: 4 });
    const table = columns.chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const width = rows[0]?.length ?? 0;
        const header = [...Array.from({ length: width }, (_, i) => `f${i}`), 'label'].join(',');
        const lines = rows.map((row, i) => [...row, i % 2 === 0 ? 'x' : 'y'].join(','));
        const clean = [header, ...lines, ''].join('\n');
        const all = (engine: TableEngine, { columns: found }: StagedTable): Promise<unknown> =>
          engine
            .rows(`select ${found.map((_, i) => `c${i}`).join(', ')} from staged order by "row"`)
            .then((values) => ({ types: found.map(({ type }) => type), values }));
        const outcome = (content: string): Promise<unknown> =>
          stage(content, { badRows: 'warn' }, all).catch((error: unknown) => {
            if (error instanceof UnreadableData) return 'refused';
            throw error;
          });
        expect(await outcome(`${clean}1,2,3,4,5,6,7\n`)).toEqual(await outcome(clean));
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
