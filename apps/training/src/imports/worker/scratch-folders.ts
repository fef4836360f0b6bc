import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@modelyard/platform-observability';

/** Folders that imports work in. Each names the worker that it belongs to, so that a dead worker's can be told. */
export class ScratchFolders {
  private readonly mine: string;

  constructor(
    private readonly root: string,
    private readonly logger: Logger,
    private readonly owner = { host: hostname(), pid: process.pid },
  ) {
    this.mine = `import-${encodeURIComponent(owner.host)}-${owner.pid}-`;
  }

  /** @throws Error when the disk is full or the root cannot be written */
  async make(): Promise<string> {
    const folder = join(this.root, `${this.mine}${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async remove(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) => {
      this.logger.warn({ err: error, folder }, 'a scratch folder could not be removed');
    });
  }

  /**
   * Removes what workers of this host left that do not live any more. Call it before the first `make`: what has this
   * process's own number then is of an earlier one, as every container's first process has the number 1.
   */
  async sweep(): Promise<void> {
    const names = await readdir(this.root).catch(() => []);
    await Promise.all(
      names.filter((name) => this.isLeft(name)).map((name) => this.remove(join(this.root, name))),
    );
  }

  private isLeft(name: string): boolean {
    const [, host, pid] = /^import-(.+)-(\d+)-[0-9a-f]{8}-[0-9a-f-]{27}$/.exec(name) ?? [];
    if (host !== encodeURIComponent(this.owner.host)) return false;
    return Number(pid) === this.owner.pid || !isAlive(Number(pid));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
