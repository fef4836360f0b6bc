import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SilentLogger } from '../../testing/silent-logger';
import { ScratchFolders } from './scratch-folders';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'scratch-'))));
afterEach(() => rmSync(root, { recursive: true }));

const foldersOf = (host: string, pid: number): ScratchFolders =>
  new ScratchFolders(root, SilentLogger.create(), { host, pid });
const DEAD = 2 ** 22 + 1; // beyond Linux's largest process id

it('makes folders, and removes them with all that is in them', async () => {
  const folders = foldersOf('here', process.pid);
  const folder = await folders.make();
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  await folders.remove(folder);
  expect(existsSync(folder)).toBe(false);
  await folders.remove(folder);
});

it('sweeps what dead workers of this host left, and nothing else', async () => {
  const dead = await foldersOf('here', DEAD).make();
  const earlier = await foldersOf('here', process.pid).make();
  const living = await foldersOf('here', process.ppid).make();
  const elsewhere = await foldersOf('there-1', DEAD).make();
  writeFileSync(join(root, 'import-notes'), '');
  await foldersOf('here', process.pid).sweep();
  expect([dead, earlier].map((folder) => existsSync(folder))).toEqual([false, false]);
  expect(readdirSync(root).sort()).toEqual(
    ['import-notes', living, elsewhere].map((path) => path.split('/').at(-1)).sort(),
  );
});

it('has nothing to sweep where there is no folder yet', async () => {
  await new ScratchFolders(join(root, 'none'), SilentLogger.create()).sweep();
});
