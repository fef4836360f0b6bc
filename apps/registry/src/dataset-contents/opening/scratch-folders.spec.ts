import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScratchFolders } from './scratch-folders';

it('makes folders, removes them, and removes those of processes that are gone, but nothing else', async () => {
  const root = mkdtempSync(join(tmpdir(), 'scratch-'));
  const { pid } = spawnSync(process.execPath, ['--version']);
  const names = {
    gone: `modelyard-contents-${pid}-a`,
    running: `modelyard-contents-${process.pid}-a`,
    other: 'x',
  };
  for (const name of Object.values(names)) mkdirSync(join(root, name));
  const folder = await new ScratchFolders(root).make();
  expect(existsSync(folder.path)).toBe(true);
  expect(Object.values(names).filter((name) => existsSync(join(root, name)))).toEqual([
    names.running,
    names.other,
  ]);
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  rmSync(root, { recursive: true });
});
