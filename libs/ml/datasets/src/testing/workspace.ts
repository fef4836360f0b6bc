import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableEngine } from '@modelyard/ml-tables';
import { FolderContentStore } from '../store/folder-content-store';

/** A folder with a content store, and engines that may read it. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'datasets-'));
  readonly store = new FolderContentStore(join(this.folder, 'store'));
  private readonly engines: TableEngine[] = [];

  async engine(): Promise<TableEngine> {
    const engine = await TableEngine.open({ folder: this.folder, threads: 2, memoryMiB: 200 });
    this.engines.push(engine);
    return engine;
  }

  close(): void {
    for (const engine of this.engines) engine.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
