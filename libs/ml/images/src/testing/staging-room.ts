import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableEngine } from '@modelyard/ml-tables';
import type { SourceFile } from '@modelyard/ml-tables';
import { MemoryStore } from './memory-store';
import { stageImages } from '../staging/stage-images';
import type { StagedImages, StageImagesOptions, StagingHooks } from '../staging/stage-options';

/** A folder, an engine and a store to stage images with. */
export class StagingRoom {
  readonly store = new MemoryStore();
  private files = 0;

  private constructor(
    private readonly folder: string,
    readonly engine: TableEngine,
  ) {}

  static async open(): Promise<StagingRoom> {
    const folder = mkdtempSync(join(tmpdir(), 'images-'));
    return new StagingRoom(folder, await TableEngine.open({ folder, threads: 1, memoryMiB: 100 }));
  }

  close(): void {
    this.engine.close();
    rmSync(this.folder, { recursive: true });
  }

  /** @param name what the user called it; on the disk it is called otherwise */
  file(name: string, content: Buffer, about: Partial<SourceFile> = {}): SourceFile {
    const path = join(this.folder, 'files', String(this.files++));
    mkdirSync(join(this.folder, 'files'), { recursive: true });
    writeFileSync(path, content);
    return { path, name, ...about };
  }

  stage(
    files: SourceFile[],
    options: Partial<StageImagesOptions> = {},
    hooks: Partial<StagingHooks> = {},
  ): Promise<StagedImages> {
    return stageImages(
      this.engine,
      files,
      { format: 'image-folders', scratch: this.folder, ...options },
      { storePart: this.store.storePart, readPart: this.store.readPart, ...hooks },
    );
  }

  /** Label, split and digest of all staged rows, in an order that depends on them alone. */
  async content(): Promise<string[]> {
    const rows = await this.engine.rows<{ row: string }>(
      `select label || ' ' || coalesce(split, '-') || ' ' || hex(digest) as row from staged order by 1`,
    );
    return rows.map(({ row }) => row);
  }

  /** All pixels, in the order of the rows. */
  async pixels({ parts }: StagedImages): Promise<Buffer> {
    return Buffer.concat(await Promise.all(parts.map((part) => this.store.readPart(part))));
  }
}
