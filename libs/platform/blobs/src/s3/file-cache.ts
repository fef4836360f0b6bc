import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { isMissing, mapFileError } from '../local/file-errors';
import { removeAbandoned, spool } from '../local/spool';
import { verifyFile } from '../verify';

/** Whoever asked for a file opens it by its path, perhaps again and again while a query runs. */
const IN_USE_MS = 3600_000;

/**
 * Copies of far content in a local folder, which several processes may share. The files that were not asked for the
 * longest go when there are more than `maxBytes`.
 */
export class FileCache {
  private readonly incoming: string;
  private readonly pending = new Map<string, Promise<string>>();
  private readonly verified = new Set<string>();
  private tidied: Promise<void> | undefined;

  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
  ) {
    this.incoming = join(folder, 'incoming');
  }

  /** @param fetch opens the content where it lies; called when there is no copy yet, once for all who wait */
  file(sha256: string, fetch: () => Promise<Readable>): Promise<string> {
    const pending = this.pending.get(sha256);
    if (pending !== undefined) return pending;
    const found = this.find(sha256, fetch).finally(() => this.pending.delete(sha256));
    this.pending.set(sha256, found);
    return found;
  }

  private async find(sha256: string, fetch: () => Promise<Readable>): Promise<string> {
    const path = join(this.folder, sha256);
    try {
      const now = new Date();
      await utimes(path, now, now);
      if (!this.verified.has(sha256)) await verifyFile(path, sha256);
      this.verified.add(sha256);
      return path;
    } catch (error) {
      // A damaged copy is no loss either: the content is fetched again.
      if (!isMissing(error)) await rm(path, { force: true });
      return this.copy(path, sha256, fetch);
    }
  }

  private async copy(path: string, sha256: string, fetch: () => Promise<Readable>): Promise<string> {
    const source = await fetch();
    try {
      this.tidied ??= removeAbandoned(this.incoming);
      await mkdir(this.folder, { recursive: true });
      const spooled = await spool(source, this.incoming);
      await rename(spooled.path, path);
      this.verified.add(sha256);
      await this.trim();
      return path;
    } catch (error) {
      throw mapFileError(error);
    }
  }

  private async trim(): Promise<void> {
    const files: { path: string; name: string; size: number; usedAt: number }[] = [];
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() === true) files.push({ path, name, size: found.size, usedAt: found.mtimeMs });
    }
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, name, size, usedAt } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      if (bytes <= this.maxBytes || Date.now() - usedAt < IN_USE_MS) return;
      await rm(path, { force: true });
      this.verified.delete(name);
      bytes -= size;
    }
  }
}
