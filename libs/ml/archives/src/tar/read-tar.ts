import { Readable, pipeline } from 'node:stream';
import type { Writable } from 'node:stream';
import { extract } from 'tar-stream';
import type { Header } from 'tar-stream';
import type { ArchiveEntry } from '../archive-entry';
import { entryName, refuseNested } from '../entry-names';
import type { Refusal } from '../refusal';
import type { UnpackMeter } from '../unpack-meter';

/**
 * The files of a tar archive, in its order.
 * @param content the archive, unpacked already where it was gzipped
 * @throws UnreadableData
 */
export async function* readTar(
  content: Readable,
  meter: UnpackMeter,
  refusal: Refusal,
): AsyncGenerator<ArchiveEntry> {
  const counted = meter.counting();
  const entries = extract();
  pipeline(content, counted, entries as unknown as Writable, () => undefined);
  let current: string | undefined;
  try {
    for await (const stream of entries) {
      meter.addEntry();
      current = stream.header.name;
      const name = entryName(current, refusal);
      refuseKind(stream.header, refusal);
      if (name !== undefined && isFile(stream.header)) {
        refuseNested(name, refusal);
        meter.addName(name);
        yield archivedFile(name, stream.header.size, stream as AsyncIterable<Buffer>, refusal);
      }
      for await (const _ of stream) void _; // what was not read, so that the next file can be
    }
  } catch (error) {
    throw refusal.from(error, current);
  } finally {
    content.destroy();
    entries.destroy();
  }
}

function archivedFile(
  name: string,
  size: number,
  stream: AsyncIterable<Buffer>,
  refusal: Refusal,
): ArchiveEntry {
  async function* content(): AsyncGenerator<Buffer> {
    // Not `for await`, which would end the whole archive when a reader leaves one file before its end.
    const chunks = stream[Symbol.asyncIterator]();
    try {
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    } catch (error) {
      throw refusal.from(error, name);
    }
  }
  return {
    name,
    size,
    open: () => Readable.from(content(), { objectMode: false }),
    read: async (limit = Number.MAX_SAFE_INTEGER) => {
      if (size > limit) throw refusal.because(`a file has more than ${String(limit)} bytes`, name);
      const chunks: Buffer[] = [];
      for await (const chunk of content()) chunks.push(chunk);
      return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
    },
  };
}

function isFile(header: Header): boolean {
  return header.type === 'file' || header.type === 'contiguous-file';
}

function refuseKind(header: Header, refusal: Refusal): void {
  if (isFile(header) || header.type === 'directory') return;
  const isLink = header.type === 'link' || header.type === 'symlink';
  const what = isLink ? 'a link' : 'a device, a pipe, or another thing that is no file';
  throw refusal.because(`it holds ${what}`, header.name);
}
