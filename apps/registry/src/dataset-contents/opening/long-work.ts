import type { DatasetVersion } from '@modelyard/contracts';
import type { StoredVersion } from '@modelyard/ml-datasets';
import type { TableEngine } from '@modelyard/ml-tables';
import { Injectable } from '@nestjs/common';
import { Gate } from './gate';
import { OpenVersions } from './open-versions';
import { foldersOf, openEngine } from './opened-version';
import { WORK_MS } from './query-limits';
import { ScratchFolders } from './scratch-folders';
import { withDeadline } from './with-deadline';

const AT_ONCE = 2;
const IN_LINE = 8;
const PREFIXES = ['a_', 'b_'];

/** An engine of one work's own. */
export interface Workplace {
  engine: TableEngine;
  /** Is removed when the work ends. */
  folder: string;
  /** The versions, attached: `samples` names their relations. */
  stored: StoredVersion[];
}

/** Runs what takes long (exports, comparisons, checks) apart from those who look at rows, a little of it at a time. */
@Injectable()
export class LongWork {
  private readonly gate = new Gate(AT_ONCE, IN_LINE);

  constructor(
    private readonly versions: OpenVersions,
    private readonly folders: ScratchFolders,
  ) {}

  /**
   * @param versions at most two; the engine may read their folders, and those of `files`
   * @throws AppError NOT_FOUND when content was deleted; OVERLOADED, DEADLINE_EXCEEDED
   */
  async run<T>(
    versions: DatasetVersion[],
    work: (place: Workplace) => Promise<T>,
    { signal, folders: extra = [] }: { signal?: AbortSignal; folders?: string[] } = {},
  ): Promise<T> {
    return this.gate.pass(async () => {
      signal?.throwIfAborted();
      const stored = await Promise.all(versions.map((version) => this.versions.stored(version)));
      const folder = await this.folders.make();
      try {
        const engine = await openEngine(folder.path, [...(await foldersOf(stored)), ...extra]);
        try {
          const deadline = { milliseconds: WORK_MS, ...(signal === undefined ? {} : { signal }) };
          return await withDeadline(engine, deadline, async () => {
            for (const [index, version] of stored.entries())
              await version.attach(engine, PREFIXES[index] as string);
            return work({ engine, folder: folder.path, stored });
          });
        } finally {
          engine.close();
        }
      } finally {
        await folder.remove();
      }
    });
  }
}
