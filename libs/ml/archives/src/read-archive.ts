import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable, pipeline } from 'node:stream';
import type { ArchiveEntry } from './archive-entry';
import { ARCHIVE_LIMITS } from './archive-limits';
import type { ArchiveLimits } from './archive-limits';
import { gzipContent } from './gzip-content';
import { Refusal } from './refusal';
import { sniffFile } from './sniffing/sniff-file';
import { readTar } from './tar/read-tar';
import { UnpackMeter } from './unpack-meter';
import { readZip } from './zip/read-zip';

const CHUNK = 1024 ** 2;

export interface ReadArchiveOptions {
  /** What the user called it, for errors; its content says what it is. Default: the file's own name. */
  name?: string;
  limits?: Partial<ArchiveLimits>;
}

/**
 * The files of a zip, tar or tar.gz archive, or the one file of a gzip file, without unpacking them to the disk. Nothing
 * is skipped in silence but folders, dot files, `__MACOSX` and `Thumbs.db`.
 * @throws UnreadableData for what is no archive, is damaged or cut off, unpacks to more than the limits, or holds names
 *   that lead out of it, links, devices, encrypted files, archives, or two files of one name. A zip archive is refused
 *   before its first file, a tar archive where it comes to the trouble.
 */
export async function* readArchive(
  path: string,
  options: ReadArchiveOptions = {},
): AsyncGenerator<ArchiveEntry> {
  const name = options.name ?? basename(path);
  const refusal = new Refusal(name);
  const limits = { ...ARCHIVE_LIMITS, ...options.limits };
  const { size } = await stat(path);
  const meterOf = (packed: number) => new UnpackMeter(limits, refusal, packed);
  const kind = await sniffFile(path);
  if (kind === 'zip') yield* readZip(path, meterOf, refusal);
  else if (kind === 'tar')
    yield* readTar(createReadStream(path, { highWaterMark: CHUNK }), meterOf(size), refusal);
  else if (kind === 'tar.gz') yield* readTar(gzipContent(path), meterOf(size), refusal);
  else if (kind === 'gzip') yield gzippedFile(path, name, meterOf(size), refusal);
  else throw refusal.because(`it is no zip, tar or gzip file, but ${kind}`);
}

function gzippedFile(path: string, archive: string, meter: UnpackMeter, refusal: Refusal): ArchiveEntry {
  const name = archive.replace(/\.gz$/i, '');
  async function* content(): AsyncGenerator<Buffer> {
    try {
      yield* pipeline(gzipContent(path), meter.counting(), () => undefined) as AsyncIterable<Buffer>;
    } catch (error) {
      throw refusal.from(error);
    }
  }
  const open = (): Readable => Readable.from(content(), { objectMode: false });
  return {
    name,
    size: undefined,
    open,
    read: async (limit = Number.MAX_SAFE_INTEGER) => {
      const chunks: Buffer[] = [];
      let size = 0;
      try {
        for await (const chunk of open() as AsyncIterable<Buffer>) {
          size += chunk.length;
          if (size > limit) throw refusal.because(`it unpacks to more than ${String(limit)} bytes`);
          chunks.push(chunk);
        }
      } catch (error) {
        throw refusal.from(error);
      }
      return Buffer.concat(chunks, size);
    },
  };
}
