import { UnreadableData } from '@modelyard/contracts';
import { readArchive, SNIFFED_BYTES, sniffBytes } from '@modelyard/ml-archives';
import type { ArchiveEntry, FileKind } from '@modelyard/ml-archives';
import type { SourceFile } from '@modelyard/ml-tables';
import { unpackLimits } from './unpack-limits';
import { formatOfKind, isCifarBatch } from './detect-format';
import type { DetectedFormat } from './detect-format';
import { beginsLikeJson, formatOfName } from './text-format';

/** So many files may come before one that tells what the archive is: licences, pages, lists of names. */
const LOOKED_AT = 50;

/**
 * What an archive holds, by the first of its files that is something: images, else tables.
 * @throws UnreadableData for archives that are refused, and when there is nothing in it that can be imported
 */
export async function formatInArchive(file: SourceFile, maximumBytes?: number): Promise<DetectedFormat> {
  let table: DetectedFormat | undefined;
  let looked = 0;
  for await (const entry of readArchive(file.path, { name: file.name, limits: unpackLimits(maximumBytes) })) {
    if (isCifarBatch(entry.name)) return { format: 'cifar-10', packed: false };
    const head = await headOf(entry);
    const kind = sniffBytes(head);
    const format = formatOfKind(kind);
    if (format === 'images') return { format: 'image-folders', packed: false };
    if (format === 'idx') return { format, packed: false };
    table ??= tableIn(entry.name, kind, head);
    if (++looked >= LOOKED_AT) break;
  }
  if (table !== undefined) return table;
  const message = 'it holds no images, tables, IDX files or CIFAR-10 batches';
  throw new UnreadableData(`${file.name} cannot be imported: ${message}.`, [{ file: file.name, message }]);
}

function tableIn(name: string, kind: FileKind, head: Buffer): DetectedFormat | undefined {
  if (kind === 'parquet') return { format: 'parquet', packed: true };
  if (kind !== 'text' && kind !== 'utf-16') return undefined;
  const format = formatOfName(name) ?? (beginsLikeJson(head) && /\.json$/i.test(name) ? 'jsonl' : undefined);
  return format === undefined ? undefined : { format, packed: true };
}

async function headOf(entry: ArchiveEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // To the end: a large file of a tar archive that is left before its end takes the archive with it.
  for await (const chunk of entry.open() as AsyncIterable<Buffer>) {
    if (size < SNIFFED_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, SNIFFED_BYTES);
}
