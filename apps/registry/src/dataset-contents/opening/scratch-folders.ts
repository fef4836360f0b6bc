import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'modelyard-contents-';

/** Folders for what engines spill and exports write. Those of processes that are gone are removed at the first use. */
export class ScratchFolders {
  private tidied: Promise<void> | undefined;

  constructor(private readonly root = tmpdir()) {}

  async make(): Promise<{ path: string; remove: () => Promise<void> }> {
    this.tidied ??= removeAbandoned(this.root);
    await this.tidied;
    const path = await mkdtemp(join(this.root, `${PREFIX}${process.pid}-`));
    return { path, remove: () => rm(path, { recursive: true, force: true }) };
  }
}

async function removeAbandoned(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? NaN);
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined); // another user's
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
