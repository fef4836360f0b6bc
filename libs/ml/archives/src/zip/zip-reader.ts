import type { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { WindowedFile } from '../windowed-file';

/** Lets yauzl read through a window: it asks for the directory in pieces of fifty bytes. */
export class ZipReader extends RandomAccessReader {
  constructor(private readonly file: WindowedFile) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.file.stream(start, end);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.file.read(position, length).then(
      (bytes) => callback(null, bytes.copy(buffer, offset)),
      (error: unknown) => callback(error as Error),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null); // whoever opened the file closes it
  }
}
