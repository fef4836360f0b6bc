import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { BlobReference } from '@modelyard/contracts';
import type { BlobContent, BlobRange } from '../blob-store';
import { BlobStore, notFound, requireRangeWithin, requireSha256 } from '../blob-store';
import { isMissing, mapFileError } from './file-errors';
import { removeAbandoned, spool } from './spool';
import { verifyFile } from '../verify';

const REMEMBERED = 100_000;

/**
 * Content in a folder: `ab/cd/abcd…`, in two levels, so that no folder grows too large for its file system. Several
 * processes may use the folder at once.
 */
export class LocalBlobStore extends BlobStore {
  readonly filesFolder: string;
  private readonly root: string;
  private readonly incoming: string;
  private tidied: Promise<void> | undefined;
  /** Files that this process has hashed, as they were then. */
  private readonly verified = new Map<string, string>();

  constructor(folder: string) {
    super();
    this.root = resolve(folder);
    this.filesFolder = this.root;
    // In the same file system, because only there a rename is atomic.
    this.incoming = join(this.root, 'incoming');
  }

  async put(content: BlobContent, expected?: { sha256?: string }): Promise<BlobReference> {
    if (expected?.sha256 !== undefined) requireSha256(expected.sha256);
    try {
      this.tidied ??= removeAbandoned(this.incoming);
      const spooled = await spool(content, this.incoming, expected?.sha256);
      try {
        const path = this.pathOf(spooled.sha256);
        await this.makeFolder(dirname(path));
        // Over what is there already, too: the same bytes, or ones that were damaged.
        await rename(spooled.path, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await spooled.discard();
        throw error;
      }
      return { sha256: spooled.sha256, size: spooled.size };
    } catch (error) {
      throw mapFileError(error);
    }
  }

  async stat(sha256: string): Promise<BlobReference | undefined> {
    try {
      const { size } = await stat(this.pathOf(sha256));
      return { sha256, size };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw mapFileError(error);
    }
  }

  /** In its place in the folder. It is hashed the first time that this process asks, and when it has changed since. */
  async file(sha256: string): Promise<string> {
    const path = this.pathOf(sha256);
    try {
      const { ino, size, mtimeMs } = await stat(path);
      const state = `${ino} ${size} ${mtimeMs}`;
      if (this.verified.get(sha256) !== state) {
        await verifyFile(path, sha256);
        if (this.verified.size >= REMEMBERED) this.verified.clear();
        this.verified.set(sha256, state);
      }
      return path;
    } catch (error) {
      throw isMissing(error) ? notFound(sha256) : mapFileError(error);
    }
  }

  async delete(sha256: string): Promise<void> {
    const path = this.pathOf(sha256);
    await rm(path, { force: true }).catch(rethrow);
    await syncFolder(dirname(path)).catch((error: unknown) => {
      if (!isMissing(error)) rethrow(error);
    });
  }

  /** Writes: a store that can only be read is not well. */
  async ping(): Promise<void> {
    try {
      await mkdir(this.incoming, { recursive: true });
      const probe = join(this.incoming, randomUUID());
      await writeFile(probe, 'ping');
      await rm(probe);
    } catch (error) {
      throw mapFileError(error);
    }
  }

  protected async open(sha256: string, range?: BlobRange): Promise<{ stream: Readable; size: number }> {
    try {
      const file = await open(this.pathOf(sha256), 'r');
      try {
        const { size } = await file.stat();
        if (range !== undefined) requireRangeWithin(range, size);
        return { stream: file.createReadStream(range ?? {}), size };
      } catch (error) {
        await file.close();
        throw error;
      }
    } catch (error) {
      throw isMissing(error) ? notFound(sha256) : mapFileError(error);
    }
  }

  private pathOf(sha256: string): string {
    requireSha256(sha256);
    return join(this.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** A new folder is durable once the folder that it lies in is on the disk. */
  private async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made))
      await syncFolder(dirname(made));
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function rethrow(error: unknown): never {
  throw mapFileError(error);
}
