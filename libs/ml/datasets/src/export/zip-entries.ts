import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** A path with `/` between folders: relative, without `..` and backslashes. */
  name: string;
  /** Called when the entry's turn has come. */
  open(): Readable | Promise<Readable>;
}

/** Without permissions of the machine that made it. */
const MODE = 0o100644;

/**
 * A ZIP archive of entries, as they come and uncompressed, for content that is compressed already. The next entry is
 * asked for when the one before has been read, so that memory holds one entry and the table of contents (some hundred
 * bytes an entry). Destroying the stream ends the iteration.
 *
 * @param modified of all entries: the same content gives the same bytes
 * @returns a stream that fails with whatever an entry fails with
 */
export function zipEntries(entries: AsyncIterable<ZipEntry>, modified: Date): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  void fill(zip, output, entries, { mtime: modified, mode: MODE, compress: false }).catch((error: unknown) =>
    output.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return output;
}

async function fill(
  zip: ZipFile,
  output: Readable,
  entries: AsyncIterable<ZipEntry>,
  options: { mtime: Date; mode: number; compress: boolean },
): Promise<void> {
  const gone = new Promise<never>((_, reject) => {
    output.once('close', () => reject(new Error('Nobody reads the archive any more.')));
  });
  gone.catch(() => undefined); // it may be rejected while nobody waits for it, or at the end
  for await (const entry of entries) {
    await Promise.race([gone, add(zip, entry, options)]);
  }
  zip.end();
}

/** The archive keeps what it calls for a stream until its end, so that must not hold the entry's content. */
async function add(
  zip: ZipFile,
  entry: ZipEntry,
  options: { mtime: Date; mode: number; compress: boolean },
): Promise<void> {
  const turn: { open?: ZipEntry['open'] } = { open: () => entry.open() };
  await new Promise<void>((resolve, reject) => {
    zip.addReadStreamLazy(entry.name, options, (give) => {
      const opened = Promise.resolve(turn.open?.() as Readable | Promise<Readable>);
      delete turn.open;
      opened.then((stream) => {
        stream.once('error', reject);
        stream.once('close', () => resolve());
        give(null, stream);
      }, reject);
    });
  });
}
