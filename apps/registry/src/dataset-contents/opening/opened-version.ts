import { dirname } from 'node:path';
import type { BlobReference } from '@modelyard/contracts';
import type { ContentStore, StoredVersion } from '@modelyard/ml-datasets';
import { TableEngine } from '@modelyard/ml-tables';
import type { ScratchFolders } from './scratch-folders';
import type { Deadline } from './with-deadline';
import { withDeadline } from './with-deadline';

/** DuckDB's buffers, in MiB: what is larger is spilled to the disk. */
const MEMORY_MIB = 256;
const SPILL_GIB = 16;
const THREADS = 2;

/** A version that an engine of its own can be asked about. */
export class OpenedVersion {
  private line: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly stored: StoredVersion,
    private readonly engine: TableEngine,
    private readonly remove: () => Promise<void>,
  ) {}

  static async open(stored: StoredVersion, folders: ScratchFolders): Promise<OpenedVersion> {
    const folder = await folders.make();
    try {
      const engine = await openEngine(folder.path, await foldersOf([stored]));
      try {
        await stored.attach(engine, 'v_');
        return new OpenedVersion(stored, engine, folder.remove);
      } catch (error) {
        engine.close();
        throw error;
      }
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }

  /** Asks the engine, after those who asked before: it has one connection. @throws AppError DEADLINE_EXCEEDED */
  ask<T>(deadline: Deadline, question: (engine: TableEngine) => Promise<T>): Promise<T> {
    const answer = this.line.then(() => withDeadline(this.engine, deadline, () => question(this.engine)));
    this.line = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    await this.line;
    this.engine.close();
    await this.remove();
  }
}

export function openEngine(folder: string, folders: string[]): Promise<TableEngine> {
  return TableEngine.open({ folder, folders, memoryMiB: MEMORY_MIB, threads: THREADS, spillGiB: SPILL_GIB });
}

/** Where an engine must be allowed to read for these versions to be attached. Pixels are read without it. */
export async function foldersOf(versions: StoredVersion[]): Promise<string[]> {
  const paths = await Promise.all(
    versions.flatMap(({ store, manifest }) => {
      const { index, parts, schema } = manifest;
      return filesOf(store, schema.kind === 'table' ? [index, ...parts] : [index]);
    }),
  );
  return [...new Set(paths.map((path) => dirname(path)))];
}

function filesOf(store: ContentStore, blobs: BlobReference[]): Promise<string>[] {
  return blobs.map((blob) => store.file(blob));
}
