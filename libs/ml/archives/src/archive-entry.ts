import type { Readable } from 'node:stream';

/** A file in an archive. Its name is relative, has `/` between folders and no `..`. */
export interface ArchiveEntry {
  name: string;
  /** Unpacked bytes; of a gzip file, which does not say it, `undefined`. */
  size: number | undefined;
  /**
   * All of the file, which should be small. Only one of `read` and `open`, once, and before the next entry is asked for.
   * @throws UnreadableData when the file is cut off or damaged, or has more than `limit` bytes
   */
  read(limit?: number): Promise<Buffer>;
  /** The file as a stream, which fails with UnreadableData. */
  open(): Readable;
}
