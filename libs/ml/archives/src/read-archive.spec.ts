import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readArchive } from './read-archive';
import { tarGzOf, tarOf, zipOf } from './testing/packed';

const files = { 'cat/1.txt': 'miaow', 'dog/2.txt': 'woof '.repeat(100_000), 'empty.txt': '', 'ö/ä.txt': 'ü' };

describe('readArchive', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'archives-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const written = (name: string, content: Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  async function contents(path: string, how: 'read' | 'open'): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for await (const entry of readArchive(path)) {
      if (how === 'read') found[entry.name] = (await entry.read()).toString();
      else found[entry.name] = Buffer.concat(await entry.open().toArray()).toString();
    }
    return found;
  }

  it.each([
    ['a zip archive', () => zipOf(files)],
    ['a zip archive of stored files', () => zipOf(files, { store: true })],
    ['a tar archive', () => tarOf(files)],
    ['a tar.gz archive', () => tarGzOf(files)],
  ])('gives the files of %s, whatever it is called', async (kind, make) => {
    const path = written(`${kind}.dat`, await make());
    await expect(contents(path, 'read')).resolves.toEqual(files);
    await expect(contents(path, 'open')).resolves.toEqual(files);
  });

  it('gives the one file of a gzip file', async () => {
    const path = written('iris.csv.gz', gzipSync('a,b\n1,2\n'));
    await expect(contents(path, 'read')).resolves.toEqual({ 'iris.csv': 'a,b\n1,2\n' });
    await expect(contents(path, 'open')).resolves.toEqual({ 'iris.csv': 'a,b\n1,2\n' });
  });

  it('can be left before its end', async () => {
    for (const make of [zipOf, tarGzOf]) {
      for await (const entry of readArchive(written('left', await make(files)))) {
        expect(entry.name).toBe('cat/1.txt');
        break;
      }
    }
  });
});
