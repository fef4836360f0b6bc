import { fromRandomAccessReaderPromise, getFileNameLowLevel } from 'yauzl';
import type { Entry } from 'yauzl';
import { ZipReader } from './zip-reader';
import { entryName, refuseNested } from '../entry-names';
import type { Refusal } from '../refusal';
import type { UnpackMeter } from '../unpack-meter';
import type { WindowedFile } from '../windowed-file';

/** Where a file is in a zip archive. */
export interface ZipMember {
  name: string;
  /** Of its local header. */
  offset: number;
  packed: number;
  size: number;
  deflated: boolean;
  crc32: number;
}

const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER = 30;

/**
 * What a zip archive says that it holds. Everything is checked before any file is given out: names, kinds, sizes, and
 * that no two files share bytes, as they do in the bombs that unpack to thousands of times their size.
 * @throws UnreadableData
 */
export async function readZipDirectory(
  file: WindowedFile,
  meter: UnpackMeter,
  refusal: Refusal,
): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  const spans: { start: number; end: number; name: string }[] = [];
  try {
    const zip = await fromRandomAccessReaderPromise(new ZipReader(file), file.size, {
      lazyEntries: true,
      decodeStrings: false, // its own checks of names are fewer than ours, and do not say which file
      validateEntrySizes: true,
    });
    for await (const entry of zip.eachEntry()) {
      meter.addEntry();
      const raw = getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        false,
      );
      const start = entry.relativeOffsetOfLocalHeader;
      spans.push({
        start,
        end: start + LOCAL_HEADER + entry.fileNameLength + entry.compressedSize,
        name: raw,
      });
      refuseKind(entry, raw, refusal);
      const name = entryName(raw, refusal);
      if (name === undefined) continue;
      refuseNested(name, refusal);
      meter.addName(name);
      meter.declare(entry.uncompressedSize, entry.compressedSize, name);
      members.push({
        name,
        offset: start,
        packed: entry.compressedSize,
        size: entry.uncompressedSize,
        deflated: entry.compressionMethod === DEFLATED,
        crc32: entry.crc32,
      });
    }
  } catch (error) {
    throw refusal.from(error);
  }
  refuseOverlaps(spans, file.size, refusal);
  return members;
}

function refuseKind(entry: Entry, name: string, refusal: Refusal): void {
  if (entry.isEncrypted()) throw refusal.because('a file is encrypted. Pack it without a password', name);
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    const method = String(entry.compressionMethod);
    throw refusal.because(`a file is packed by method ${method}. Use "deflate" or "store"`, name);
  }
  // The upper half holds Unix's mode, whatever system the archive says that it is from; 0 where there is none.
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === 0o120000) throw refusal.because('it holds a symbolic link', name);
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) {
    throw refusal.because('it holds a device, a pipe or a socket', name);
  }
}

function refuseOverlaps(
  spans: { start: number; end: number; name: string }[],
  size: number,
  refusal: Refusal,
): void {
  spans.sort((a, b) => a.start - b.start);
  for (const [index, span] of spans.entries()) {
    if (span.end > size) throw refusal.because('it ends too early. Was the upload complete?', span.name);
    const next = spans[index + 1];
    if (next !== undefined && next.start < span.end) {
      throw refusal.because('two files share the same bytes', next.name);
    }
  }
}
