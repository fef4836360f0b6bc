import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';

const WINDOW = 1024 ** 2;

/**
 * A file that is read at many places, mostly one after the other: a mebibyte at a time. Archives of small files would
 * otherwise take two trips to the system for each.
 */
export class WindowedFile {
  private window: Buffer = Buffer.alloc(0);
  private start = 0;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    readonly size: number,
  ) {}

  static async open(path: string): Promise<WindowedFile> {
    const handle = await open(path);
    return new WindowedFile(path, handle, (await handle.stat()).size);
  }

  /** Fewer bytes than asked for at the end of the file. What it gives stays valid. */
  async read(position: number, length: number): Promise<Buffer> {
    const at = position - this.start;
    if (at >= 0 && at + length <= this.window.length) return this.window.subarray(at, at + length);
    const size = Math.max(0, Math.min(Math.max(length, WINDOW), this.size - position));
    const window = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await this.handle.read(window, filled, size - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.window = window.subarray(0, filled);
    this.start = position;
    return this.window.subarray(0, Math.min(length, filled));
  }

  /** Bytes from `start` to below `end`. */
  stream(start: number, end: number): Readable {
    return createReadStream(this.path, { start, end: Math.max(start, end - 1), highWaterMark: WINDOW });
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
