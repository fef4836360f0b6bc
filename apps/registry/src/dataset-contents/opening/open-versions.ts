import type { DatasetVersion } from '@modelyard/contracts';
import { openVersion } from '@modelyard/ml-datasets';
import type { StoredVersion } from '@modelyard/ml-datasets';
import { BlobStore, toStoredContent } from '@modelyard/platform-blobs';
import type { OnModuleDestroy } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Gate } from './gate';
import { OpenedVersion } from './opened-version';
import { requireContent } from './require-content';
import { ScratchFolders } from './scratch-folders';

/** Versions that stay open: looking at one asks it again and again. */
const KEPT = 4;
/** Local copies of far content stay an hour from when they were asked for last; this is well below. */
const LONGEST_MS = 30 * 60_000;
const AT_ONCE = 4;
const IN_LINE = 64;

interface Kept {
  opening: Promise<OpenedVersion>;
  openedAt: number;
  users: number;
  dropped: boolean;
}

/** The contents of versions, for looking into them. DuckDB is loaded when somebody first does. */
@Injectable()
export class OpenVersions implements OnModuleDestroy {
  private readonly kept = new Map<string, Kept>();
  private readonly gate = new Gate(AT_ONCE, IN_LINE);

  constructor(
    private readonly blobs: BlobStore,
    private readonly folders: ScratchFolders,
  ) {}

  /** The manifest and what it leads to, without an engine. @throws AppError NOT_FOUND when the content was deleted */
  async stored(version: DatasetVersion): Promise<StoredVersion> {
    requireContent(version);
    return openVersion(toStoredContent(this.blobs), version.blob);
  }

  /**
   * Lends a version with an engine for as long as `work` takes.
   * @throws AppError NOT_FOUND when the content was deleted; OVERLOADED when too many ask
   */
  async use<T>(version: DatasetVersion, work: (opened: OpenedVersion) => Promise<T>): Promise<T> {
    requireContent(version);
    return this.gate.pass(() => this.lend(version, work));
  }

  /** As `use`, for the steps of one work that is let in elsewhere: a download must not fail in the middle. */
  async lend<T>(version: DatasetVersion, work: (opened: OpenedVersion) => Promise<T>): Promise<T> {
    const kept = this.keep(version);
    kept.users++;
    try {
      return await work(await kept.opening);
    } finally {
      kept.users--;
      if (kept.dropped && kept.users === 0) await close(kept);
    }
  }

  async onModuleDestroy(): Promise<void> {
    const all = [...this.kept.values()];
    this.kept.clear();
    await Promise.all(all.map(close));
  }

  private keep(version: DatasetVersion): Kept {
    const key = version.blob.sha256;
    const known = this.kept.get(key);
    this.kept.delete(key);
    const fresh = known !== undefined && Date.now() - known.openedAt < LONGEST_MS;
    if (known !== undefined && !fresh) drop(known);
    const kept = fresh ? known : this.open(key, version);
    this.kept.set(key, kept);
    for (const [oldest, dropped] of [...this.kept].slice(0, -KEPT)) {
      this.kept.delete(oldest);
      drop(dropped);
    }
    return kept;
  }

  private open(key: string, version: DatasetVersion): Kept {
    const opening = this.stored(version).then((stored) => OpenedVersion.open(stored, this.folders));
    const kept: Kept = { opening, openedAt: Date.now(), users: 0, dropped: false };
    opening.catch(() => {
      if (this.kept.get(key) === kept) this.kept.delete(key);
    });
    return kept;
  }
}

function drop(kept: Kept): void {
  kept.dropped = true;
  if (kept.users === 0) void close(kept);
}

async function close({ opening }: Kept): Promise<void> {
  await opening.then(
    (opened) => opened.close(),
    () => undefined, // it never opened
  );
}
