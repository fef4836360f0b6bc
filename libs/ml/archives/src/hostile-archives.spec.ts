import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { UnreadableData } from '@modelyard/contracts';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { readArchive } from './read-archive';
import type { ReadArchiveOptions } from './read-archive';
import { rawZip } from './testing/by-hand';
import { tarGzOf, tarOf, zipOf } from './testing/packed';

const LINK = (0o120777 << 16) >>> 0;
const DEVICE = (0o020666 << 16) >>> 0;

describe('hostile archives', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'archives-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function unpack(
    content: Buffer,
    options: ReadArchiveOptions = {},
    how: 'read' | 'open' = 'read',
  ): Promise<string[]> {
    const path = join(folder, 'upload');
    writeFileSync(path, content);
    const names: string[] = [];
    for await (const entry of readArchive(path, { name: 'set.zip', ...options })) {
      if (how === 'read') await entry.read();
      else await buffer(entry.open());
      names.push(entry.name);
    }
    return names;
  }

  const evilNames: [string, RegExp][] = [
    ['../evil', /leads out of the archive/],
    ['a/../../evil', /leads out of the archive/],
    ['a\\..\\..\\evil', /leads out of the archive/],
    ['/etc/passwd', /absolute/],
    ['\\\\server\\share', /absolute/],
    ['C:\\evil', /drive letter/],
    ['inner.zip', /another archive/],
    ['inner.tar.gz', /another archive/],
  ];
  it.each(evilNames)('refuses the name %s', async (name, message) => {
    const zip = await unpack(rawZip([{ name }])).catch((error: unknown) => error);
    expect(zip).toBeInstanceOf(UnreadableData);
    expect((zip as UnreadableData).problems[0]?.message).toMatch(message);
    expect((zip as UnreadableData).problems[0]?.file).toBe(`set.zip/${name.replaceAll('\\', '/')}`);
    await expect(unpack(await tarOf({ [name]: 'x' }))).rejects.toThrow(message);
  });

  const evilZips: [string, Buffer, RegExp][] = [
    ['a name with a NUL', rawZip([{ name: 'a\0.png' }]), /NUL/],
    ['a symbolic link', rawZip([{ name: 'link', attributes: LINK }]), /symbolic link/],
    ['a device', rawZip([{ name: 'null', attributes: DEVICE }]), /device/],
    ['an encrypted file', rawZip([{ name: 'a', flags: 1, method: 8 }]), /encrypted/],
    ['strong encryption', rawZip([{ name: 'a', flags: 0x41 }]), /encryption/],
    ['another method', rawZip([{ name: 'a', method: 14 }]), /method 14/],
    ['one name twice', rawZip([{ name: 'a' }, { name: 'a' }]), /same name/],
    ['one name twice in two spellings', rawZip([{ name: 'b/a' }, { name: 'b\\.\\a' }]), /same name/],
    ['overlapping files', rawZip([{ name: 'a' }, { name: 'b', offset: 0 }]), /share the same bytes/],
    ['a wrong checksum', rawZip([{ name: 'a', crc: 1 }]), /damaged/],
    ['more content than declared', rawZip([{ name: 'a', size: 3 }]), /damaged/],
    ['less content than declared', rawZip([{ name: 'a', size: 300 }]), /damaged|too early/],
    ['a file beyond its end', rawZip([{ name: 'a', offset: 9_999 }]), /too early/],
    ['no archive at all', Buffer.from('hello'), /no zip, tar or gzip file, but text/],
    ['nothing', Buffer.alloc(0), /but empty/],
  ];
  it.each(evilZips)('refuses a zip with %s', async (_, content, message) => {
    await expect(unpack(content)).rejects.toThrow(UnreadableData);
    await expect(unpack(content, {}, 'open')).rejects.toThrow(message);
  });

  it.each(['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const)(
    'refuses a tar with a %s',
    async (type) => {
      const tar = pack();
      tar.entry({ name: 'thing', type, linkname: '/etc/passwd' });
      tar.finalize();
      await expect(unpack(await buffer(tar))).rejects.toThrow(/a link|a device/);
    },
  );

  it('refuses one name twice in a tar', async () => {
    const tar = pack();
    tar.entry({ name: 'a' }, 'x');
    tar.entry({ name: './a' }, 'y');
    tar.finalize();
    await expect(unpack(await buffer(tar))).rejects.toThrow(/same name/);
  });

  it('passes over what systems leave behind', async () => {
    const files = {
      '__MACOSX/._a.png': '',
      '.DS_Store': '',
      'a/Thumbs.db': '',
      'a/.git/config': '',
      'a/b.txt': '',
    };
    await expect(unpack(await zipOf(files))).resolves.toEqual(['a/b.txt']);
    await expect(unpack(await tarGzOf(files))).resolves.toEqual(['a/b.txt']);
  });

  describe('bombs', () => {
    const zeros = Buffer.alloc(4 * 1024 ** 2);
    const limits = { ratioFreeBytes: 1024 ** 2 };
    it('are known by their ratio', async () => {
      await expect(unpack(await zipOf({ zeros }), { limits })).rejects.toThrow(/200 times its size/);
      await expect(unpack(await tarGzOf({ zeros }), { limits })).rejects.toThrow(/200 times its size/);
      await expect(unpack(gzipSync(zeros), { limits })).rejects.toThrow(/200 times its size/);
    });
    it('are known by their total, and by the size of one file', async () => {
      const parts = Object.fromEntries(
        Array.from({ length: 5 }, (_, i) => [String(i), Buffer.alloc(1000, i)]),
      );
      for (const make of [zipOf, tarOf, tarGzOf]) {
        await expect(unpack(await make(parts), { limits: { bytes: 3_000 } })).rejects.toThrow(
          /more than 3000 bytes/,
        );
      }
      await expect(unpack(await zipOf(parts), { limits: { entryBytes: 10 } })).rejects.toThrow(
        /more than 10 bytes/,
      );
    });
    it('are known by their count', async () => {
      const parts = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [String(i), '']));
      for (const make of [zipOf, tarOf]) {
        await expect(unpack(await make(parts), { limits: { entries: 4 } })).rejects.toThrow(
          /more than 4 files/,
        );
      }
    });
  });

  describe('of any content', () => {
    const files = { 'cat/1.txt': 'miaow '.repeat(50), 'dog/1.txt': Buffer.from('woof') };
    it('are read whole, or refused with the reason, wherever they are cut off', async () => {
      for (const whole of [await zipOf(files), await tarGzOf(files)]) {
        for (let length = 0; length < whole.length; length += 7) {
          await expect(unpack(whole.subarray(0, length))).rejects.toThrow(UnreadableData);
        }
      }
    });

    it('never crash a reader, whichever bytes are changed', async () => {
      const archives = [await zipOf(files), await tarOf(files), await tarGzOf(files)];
      const change = fc.record({
        archive: fc.constantFrom(...archives),
        changes: fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        how: fc.constantFrom('read' as const, 'open' as const),
      });
      await fc.assert(
        fc.asyncProperty(change, async ({ archive, changes, how }) => {
          const content = Buffer.from(archive);
          for (const [at, value] of changes) content[at % content.length] = value;
          const names = await unpack(content, {}, how).catch((error: unknown) => {
            expect(error).toBeInstanceOf(UnreadableData);
            return [];
          });
          for (const name of names) expect(name.split('/')).not.toContain('..');
        }),
        { numRuns: 300 },
      );
    });

    it('come out as they went in', async () => {
      const anyName = fc
        .stringMatching(/^[a-zé][a-z0-9_ ü-]{0,8}\.txt$/)
        .filter((name) => name === name.trim());
      const anyFiles = fc.dictionary(anyName, fc.uint8Array({ maxLength: 2_000 }), {
        minKeys: 1,
        maxKeys: 5,
      });
      await fc.assert(
        fc.asyncProperty(anyFiles, async (content) => {
          const packed = Object.fromEntries(Object.entries(content).map(([k, v]) => [k, Buffer.from(v)]));
          for (const make of [zipOf, tarGzOf]) {
            const names = await unpack(await make(packed));
            expect(names.sort()).toEqual(Object.keys(packed).sort());
          }
        }),
        { numRuns: 30 },
      );
    });
  });
});
