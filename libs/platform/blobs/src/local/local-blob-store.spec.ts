import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { eventually } from '@modelyard/platform-testing';
import { mapFileError } from './file-errors';
import { describeBlobStore } from '../testing/blob-store-contract';
import { LocalBlobStore } from './local-blob-store';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'modelyard-blobs-'));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const pathIn = (root: string, sha256: string): string =>
  join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

describeBlobStore('LocalBlobStore', () => {
  const root = folder();
  return {
    store: new LocalBlobStore(root),
    damage: (sha256) => writeFileSync(pathIn(root, sha256), 'the quick brown fix'),
  };
});

describe('LocalBlobStore', () => {
  it('leaves no half-written file behind', async () => {
    const root = folder();
    const store = new LocalBlobStore(root);
    await store.put(Buffer.from('a'));
    await expect(store.put(Buffer.from('b'), { sha256: '0'.repeat(64) })).rejects.toThrow();
    expect(readdirSync(join(root, 'incoming'))).toEqual([]);
  });

  it('says that the store is away when its folder cannot be made', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    await expect(new LocalBlobStore(join(file, 'blobs')).ping()).rejects.toThrow();
  });

  it('gives one error for a full disk, and keeps nothing', async () => {
    const root = folder();
    // A file system of one mebibyte, where the machine lets us have one.
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', root], { stdio: 'ignore' });
    } catch {
      const full = mapFileError(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      expect(full).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
      return;
    }
    try {
      const store = new LocalBlobStore(root);
      const large = Readable.from(Array.from({ length: 64 }, (_, i) => Buffer.alloc(64 * 1024, i)));
      await expect(store.put(large)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
      expect(readdirSync(join(root, 'incoming'))).toEqual([]);
      await expect(store.put(Buffer.from('small'))).resolves.toMatchObject({ size: 5 });
    } finally {
      execFileSync('umount', [root]);
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('heals damage when the content is put again', async () => {
    const root = folder();
    const store = new LocalBlobStore(root);
    const { sha256 } = await store.put(Buffer.from('content'));
    writeFileSync(pathIn(root, sha256), 'CONTENT');
    await store.put(Buffer.from('content'));
    expect((await store.read(sha256, 100)).toString()).toBe('content');
  });

  it('notices a file that changed after it was checked', async () => {
    const root = folder();
    const store = new LocalBlobStore(root);
    const { sha256 } = await store.put(Buffer.from('content'));
    expect(await store.file(sha256)).toBe(pathIn(root, sha256));
    writeFileSync(pathIn(root, sha256), 'damaged');
    utimesSync(pathIn(root, sha256), 1, 1);
    await expect(store.file(sha256)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('removes what a process left that died while it wrote, and only that', async () => {
    const root = folder();
    await mkdir(join(root, 'incoming'));
    for (const name of ['old', 'fresh']) writeFileSync(join(root, 'incoming', name), name);
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
    utimesSync(join(root, 'incoming/old'), twoDaysAgo, twoDaysAgo);
    await new LocalBlobStore(root).put(Buffer.from('x'));
    await eventually(() => expect(readdirSync(join(root, 'incoming'))).toEqual(['fresh']));
  });

  it('takes a folder that appears later', async () => {
    const root = join(folder(), 'later');
    const store = new LocalBlobStore(root);
    expect(existsSync(root)).toBe(false);
    await mkdir(root);
    await expect(store.put(Buffer.from('x'))).resolves.toMatchObject({ size: 1 });
  });
});
