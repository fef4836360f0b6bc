import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SourceFile } from '@modelyard/ml-tables';
import { detectFormat } from './detect-format';
import { unpackTables } from './unpack-tables';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'formats-'))));
afterEach(() => rmSync(folder, { recursive: true }));

let made = 0;
function file(name: string, content: Buffer | string): SourceFile {
  const path = join(folder, `file-${made++}`);
  writeFileSync(path, content);
  return { path, name };
}

function tar(name: string, files: Record<string, Buffer | string>, gzip = true): SourceFile {
  const inside = join(folder, `tree-${made++}`);
  for (const [entry, content] of Object.entries(files)) {
    mkdirSync(dirname(join(inside, entry)), { recursive: true });
    writeFileSync(join(inside, entry), content);
  }
  const path = join(folder, `archive-${made++}`);
  execFileSync('tar', [gzip ? '-czf' : '-cf', path, '-C', inside, '.']);
  return { path, name };
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
const IDX = Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 7]);
const PARQUET = Buffer.from('PAR1....PAR1');

it.each<[string, string, Buffer | string, string]>([
  ['CSV', 'a.csv', 'a,b\n1,2\n', 'csv'],
  ['CSV without its name', 'data', 'a,b\n1,2\n', 'csv'],
  ['CSV in UTF-16', 'a.csv', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'csv'],
  ['packed CSV', 'a.csv.gz', gzipSync('a,b\n1,2\n'), 'csv'],
  ['CSV that is called JSON Lines', 'a.jsonl', 'a,b\n', 'jsonl'],
  ['JSON Lines', 'data', '{"a": 1}\n', 'jsonl'],
  ['JSON Lines after a mark', 'data.txt', '\uFEFF \n{"a": 1}\n', 'jsonl'],
  ['Parquet by another name', 'a.csv', PARQUET, 'parquet'],
  ['an image by another name', 'a.csv', PNG, 'images'],
  ['IDX', 'train-labels-idx1-ubyte', IDX, 'idx'],
  ['packed IDX', 'train-labels-idx1-ubyte.gz', gzipSync(IDX), 'idx'],
  ['a batch of CIFAR-10', 'cifar/data_batch_1.bin', Buffer.alloc(3073), 'cifar-10'],
])('knows %s', async (_, name, content, format) => {
  await expect(detectFormat([file(name, content)])).resolves.toEqual({ format, packed: false });
});

it.each<[string, Record<string, Buffer | string>, string, boolean]>([
  ['folders of images', { 'README.md': 'hello', 'cat/1.png': PNG }, 'image-folders', false],
  ['images beside tables', { 'a.csv': 'a,b\n', 'cat/1.png': PNG }, 'image-folders', false],
  ['batches', { 'x/batches.meta.txt': 'cat\n', 'x/data_batch_1.bin': Buffer.alloc(3073) }, 'cifar-10', false],
  ['IDX files', { 'train-images-idx3-ubyte': IDX }, 'idx', false],
  ['tables', { 'data/train.csv': 'a,b\n1,2\n', 'data/test.csv': 'a,b\n3,4\n' }, 'csv', true],
  ['a Parquet file', { 'x.parquet': PARQUET }, 'parquet', true],
])('looks into archives: %s', async (_, files, format, packed) => {
  await expect(detectFormat([tar('data.tgz', files)])).resolves.toEqual({ format, packed });
  await expect(detectFormat([tar('data.tar', files, false)])).resolves.toEqual({ format, packed });
});

it.each<[string, Buffer | string, RegExp]>([
  ['an empty file', '', /it is empty/],
  ['a PDF', '%PDF-1.7 ...', /it is pdf/],
  ['a 7z archive', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]), /it is 7z/],
  ['bytes', Buffer.from(Array.from({ length: 300 }, (__, i) => (i * 7) % 32)), /no known format/],
])('says what cannot be imported: %s', async (_, content, reason) => {
  const failure = detectFormat([file('thing.bin', content)]);
  await expect(failure).rejects.toMatchObject({ problems: [{ file: 'thing.bin' }] });
  await expect(failure).rejects.toThrow(reason);
});

it('says so of an archive that holds nothing of use, and of no file at all', async () => {
  await expect(detectFormat([tar('docs.tgz', { 'a.txt': 'hello' })])).rejects.toThrow(
    /docs.tgz cannot be imported: it holds no images/,
  );
  await expect(detectFormat([])).rejects.toThrow('no file');
});

it('takes several files of one format, and names the one that differs', async () => {
  const [a, b] = [file('a.csv', 'a,b\n'), file('b.csv', 'a,b\n')];
  await expect(detectFormat([a, b])).resolves.toEqual({ format: 'csv', packed: false });
  await expect(detectFormat([a, file('c.png', PNG)])).rejects.toThrow('a.csv is csv, c.png is images');
});

it('unpacks no more than an import may have', async () => {
  const archive = tar('data.tgz', { 'a.csv': `a\n${'1\n'.repeat(50_000)}`, 'b.csv': 'a\n2\n' });
  const limits = { signal: new AbortController().signal, maximumBytes: 50_000 };
  await expect(unpackTables([archive], 'csv', folder, limits)).rejects.toThrow(
    'unpacks to more than 50000 bytes',
  );
});

it('goes on behind a large file of an archive', async () => {
  const archive = tar('data.tgz', { 'a.bin': Buffer.alloc(8_000_000), 'b.csv': 'a\n2\n' });
  await expect(detectFormat([archive])).resolves.toEqual({ format: 'csv', packed: true });
});

it('looks through no more of an archive than an import may have', async () => {
  const archive = tar('data.tgz', { 'a.bin': Buffer.alloc(100_000), 'b.csv': 'a\n2\n' });
  await expect(detectFormat([archive])).resolves.toEqual({ format: 'csv', packed: true });
  await expect(detectFormat([archive], 50_000)).rejects.toThrow('unpacks to more than 50000 bytes');
});

it('unpacks tables, in an order of its own, with the splits that their names tell', async () => {
  const archive = tar('data.tgz', {
    'x/test.csv': 'a\n1\n',
    'x/train-00.csv': 'a\n2\n',
    'validation/part.csv': 'a\n3\n',
    'all.csv': 'a\n4\n',
    'notes.txt': 'hello',
  });
  const tables = await unpackTables([archive], 'csv', folder, { signal: new AbortController().signal });
  expect(tables.map(({ name, split }) => [name, split])).toEqual([
    ['data.tgz/all.csv', undefined],
    ['data.tgz/validation/part.csv', 'validation'],
    ['data.tgz/x/test.csv', 'test'],
    ['data.tgz/x/train-00.csv', 'train'],
  ]);
  expect(readFileSync(tables[3]?.path ?? '', 'utf8')).toBe('a\n2\n');
});
