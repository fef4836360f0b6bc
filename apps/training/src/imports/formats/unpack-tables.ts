import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ImportFormat, SplitName } from '@modelyard/contracts';
import { readArchive } from '@modelyard/ml-archives';
import type { SourceFile } from '@modelyard/ml-tables';
import { formatOfName } from './text-format';
import { unpackLimits } from './unpack-limits';

const SPLITS: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  test: 'test',
  testing: 'test',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
};

/**
 * Unpacks the tables of archives, for what reads tables reads files. A table that is called `train`, `validation` or
 * `test`, or lies in a folder of this name, is that split.
 */
export async function unpackTables(
  archives: SourceFile[],
  format: ImportFormat,
  folder: string,
  { signal, maximumBytes }: { signal: AbortSignal; maximumBytes?: number },
): Promise<SourceFile[]> {
  const tables: SourceFile[] = [];
  const limits = unpackLimits(maximumBytes);
  for (const archive of archives) {
    for await (const entry of readArchive(archive.path, { name: archive.name, limits })) {
      if (!isTable(entry.name, format)) continue;
      const path = join(folder, `table-${tables.length}`);
      await pipeline(entry.open(), createWriteStream(path), { signal });
      const split = archive.split ?? splitIn(entry.name);
      tables.push({
        path,
        name: `${archive.name}/${entry.name}`,
        ...(archive.label === undefined ? {} : { label: archive.label }),
        ...(split === undefined ? {} : { split }),
      });
    }
  }
  // The order in an archive is its maker's accident.
  return tables.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function isTable(name: string, format: ImportFormat): boolean {
  if (format === 'parquet') return /\.parquet$/i.test(name);
  if (format === 'jsonl') return formatOfName(name) === 'jsonl' || /\.json$/i.test(name);
  return formatOfName(name) === 'csv';
}

function splitIn(name: string): SplitName | undefined {
  const words = name
    .toLowerCase()
    .split('/')
    .map((part) => part.replace(/[.-].*$/, ''));
  return words.map((word) => SPLITS[word]).find((split) => split !== undefined);
}
