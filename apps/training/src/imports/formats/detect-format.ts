import { UnreadableData } from '@modelyard/contracts';
import type { ImportFormat } from '@modelyard/contracts';
import { sniffContent, sniffFile } from '@modelyard/ml-archives';
import type { FileKind } from '@modelyard/ml-archives';
import type { SourceFile } from '@modelyard/ml-tables';
import { formatInArchive } from './format-in-archive';
import { textFormat } from './text-format';

/** What the files of one import are: all alike. */
export interface DetectedFormat {
  format: ImportFormat;
  /** Whether the files are archives with tables inside. */
  packed: boolean;
}

const IMAGES: readonly FileKind[] = ['png', 'jpeg', 'gif', 'webp', 'bmp', 'tiff', 'avif'];
const ARCHIVES: readonly FileKind[] = ['zip', 'tar', 'tar.gz'];

/** What a file of this kind holds, where its first bytes alone tell. */
export function formatOfKind(kind: FileKind): ImportFormat | undefined {
  if (IMAGES.includes(kind)) return 'images';
  if (kind === 'idx' || kind === 'parquet') return kind;
  return undefined;
}

export function isArchive(kind: FileKind): boolean {
  return ARCHIVES.includes(kind);
}

/**
 * Finds out by their content what files are; their names only tell CIFAR-10's batches, which begin like nothing, and JSON
 * Lines without a brace.
 * @param maximumBytes that an archive may unpack to
 * @throws UnreadableData when a file is nothing that can be imported, or the files are of different formats
 */
export async function detectFormat(files: SourceFile[], maximumBytes?: number): Promise<DetectedFormat> {
  const [first] = files;
  if (first === undefined) throw new UnreadableData('There is no file to import.');
  const detected = await formatOf(first, maximumBytes);
  // A bulk upload is many single images; whoever decodes them says which is none.
  if (detected.format === 'images') return detected;
  for (const file of files.slice(1)) {
    const other = await formatOf(file, maximumBytes);
    if (other.format === detected.format && other.packed === detected.packed) continue;
    throw new UnreadableData(
      `The files are of different formats: ${first.name} is ${detected.format}, ${file.name} is ${other.format}. Import each by itself.`,
      [{ file: file.name, message: `it is ${other.format}, not ${detected.format}` }],
    );
  }
  return detected;
}

async function formatOf(file: SourceFile, maximumBytes?: number): Promise<DetectedFormat> {
  const kind = await sniffFile(file.path);
  if (isArchive(kind)) return formatInArchive(file, maximumBytes);
  if (isCifarBatch(file.name)) return { format: 'cifar-10', packed: false };
  const content = kind === 'gzip' ? await sniffContent(file.path) : kind;
  const format = formatOfKind(content);
  if (format !== undefined) return { format, packed: false };
  if (content === 'text' || content === 'utf-16') return { format: await textFormat(file), packed: false };
  throw nothingKnown(file.name, content);
}

export function isCifarBatch(name: string): boolean {
  return /(^|\/)(data_batch_\d+|test_batch)\.bin$/.test(name);
}

export function nothingKnown(name: string, kind: FileKind): UnreadableData {
  const found =
    kind === 'empty' ? 'it is empty' : kind === 'unknown' ? 'it is of no known format' : `it is ${kind}`;
  const message = `${found}; zip or tar.gz archives of images, images, CSV, JSON Lines, Parquet, IDX and CIFAR-10 batches can be imported`;
  return new UnreadableData(`${name} cannot be imported: ${message}.`, [{ file: name, message }]);
}
