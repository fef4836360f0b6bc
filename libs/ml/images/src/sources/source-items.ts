import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { SplitName } from '@modelyard/contracts';
import { readArchive, sniffFile } from '@modelyard/ml-archives';
import type { SourceFile } from '@modelyard/ml-tables';
import { IMAGE_LIMITS } from '../image-limits';

/** One file of what people sent: as it came, or out of an archive. */
export interface SourceItem {
  /** How errors name it. */
  shown: string;
  /** Files of one root belong together: of each archive, and those that came alone. */
  root: number;
  /** In its root, with `/` between folders. */
  path: string;
  label?: string;
  split?: SplitName;
  /** Bytes, unless only reading it tells. */
  size?: number;
  /** `read` or `open`, once, and before the next item is asked for. @throws UnreadableData */
  read(limit: number): Promise<Buffer>;
  open(): Readable;
}

const ALONE = -1;

/**
 * All files, those of archives too, in their order.
 * @param maximumBytes that each archive may unpack to. Default: as `readArchive`
 * @throws UnreadableData
 */
export async function* sourceItems(
  files: readonly SourceFile[],
  maximumBytes?: number,
): AsyncGenerator<SourceItem> {
  const limits = maximumBytes === undefined ? {} : { bytes: maximumBytes };
  for (const [index, file] of files.entries()) {
    const given = {
      ...(file.label === undefined ? {} : { label: file.label }),
      ...(file.split === undefined ? {} : { split: file.split }),
    };
    const kind = await sniffFile(file.path);
    const isArchive = kind === 'zip' || kind === 'tar' || kind === 'tar.gz';
    if (!isArchive && kind !== 'gzip') {
      yield { ...given, ...(await alone(file)) };
      continue;
    }
    for await (const entry of readArchive(file.path, { name: file.name, limits })) {
      yield {
        ...given,
        shown: isArchive ? `${file.name}/${entry.name}` : file.name,
        root: isArchive ? index : ALONE,
        path: entry.name,
        ...(entry.size === undefined ? {} : { size: entry.size }),
        read: (limit) => entry.read(limit),
        open: () => entry.open(),
      };
    }
  }
}

async function alone(file: SourceFile): Promise<SourceItem> {
  return {
    shown: file.name,
    root: ALONE,
    path: file.name,
    size: (await stat(file.path)).size,
    read: () => readFile(file.path),
    open: () => createReadStream(file.path, { highWaterMark: 1024 ** 2 }),
  };
}

/** Whether a file is beyond what an image may have: it is not even read. */
export function isTooLarge(item: SourceItem): boolean {
  return (item.size ?? 0) > IMAGE_LIMITS.bytes;
}
