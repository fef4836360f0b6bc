import { extname } from 'node:path';
import type { DatasetVersion, StoredFile } from '@modelyard/contracts';
import type { StoredVersion, ZipEntry } from '@modelyard/ml-datasets';
import { zipEntries } from '@modelyard/ml-datasets';
import { BlobStore } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import type { Attachment } from './attachment';
import { MEDIA_TYPES } from './attachment';
import { folderName } from './image-entries';
import type { Span } from './stream-pieces';
import { streamPieces } from './stream-pieces';

@Injectable()
export class DownloadOriginal {
  constructor(private readonly blobs: BlobStore) {}

  /** @throws AppError NOT_FOUND when nothing was kept: of built-in and derived versions */
  files(version: DatasetVersion, { manifest }: StoredVersion): StoredFile[] {
    const files = manifest.original?.files ?? [];
    if (files.length > 0) return files;
    const other = version.schema.kind === 'image' ? 'zip' : 'csv, jsonl or parquet';
    throw new AppError(
      'NOT_FOUND',
      `Version ${version.version} of dataset '${version.dataset}' came in no file that was kept. Ask for format=${other}.`,
    );
  }

  one(file: StoredFile, span?: Span): Attachment {
    return {
      name: file.name.split(/[/\\]/).at(-1) ?? file.name,
      mediaType: 'application/octet-stream',
      stream: streamPieces(this.blobs, file.pieces, span),
      size: span === undefined ? file.size : span.end - span.start + 1,
    };
  }

  /** Several files as one archive, in folders of their splits and labels. */
  all(version: DatasetVersion, files: StoredFile[]): Attachment {
    return {
      name: `${version.dataset}-v${version.version}-original.zip`,
      mediaType: MEDIA_TYPES.zip,
      stream: zipEntries(this.entries(files), new Date(version.createdAt)),
    };
  }

  private async *entries(files: StoredFile[]): AsyncGenerator<ZipEntry> {
    const taken = new Set<string>();
    for (const file of files) {
      await Promise.resolve();
      yield { name: freeName(file, taken), open: () => streamPieces(this.blobs, file.pieces) };
    }
  }
}

function freeName({ name, label, split }: StoredFile, taken: Set<string>): string {
  const folders = [split, label].filter((folder) => folder !== undefined).map(folderName);
  const own = folderName(name.split(/[/\\]/).at(-1) ?? name);
  const ending = extname(own);
  const stem = ending === '' ? own : own.slice(0, -ending.length);
  let free = [...folders, own].join('/');
  for (let number = 2; taken.has(free); number++) {
    free = [...folders, `${stem} (${number})${ending}`].join('/');
  }
  taken.add(free);
  return free;
}
