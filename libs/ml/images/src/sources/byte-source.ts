import type { Readable } from 'node:stream';

/** A stream, in pieces of the sizes that its reader wants. */
export class ByteSource {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** `undefined` when there are fewer. */
  async exactly(size: number): Promise<Buffer | undefined> {
    const bytes = await this.atMost(size);
    return bytes.length === size ? bytes : undefined;
  }

  /** Fewer at the end, and then none. */
  async atMost(size: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let found = 0;
    while (found < size && (await this.fill())) {
      const piece = this.rest.subarray(0, size - found);
      this.rest = this.rest.subarray(piece.length);
      pieces.push(piece);
      found += piece.length;
    }
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces, found);
  }

  async isAtEnd(): Promise<boolean> {
    return !(await this.fill());
  }

  /** Whether there is something left. */
  private async fill(): Promise<boolean> {
    while (this.rest.length === 0) {
      const next = await this.chunks.next();
      if (next.done === true) return false;
      this.rest = next.value;
    }
    return true;
  }
}
