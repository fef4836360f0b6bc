import type { BlobReference } from '@modelyard/contracts';
import type { BlobStore } from '@modelyard/platform-blobs';

export const PIECE_BYTES = 8 * 1024 ** 2;

/** Cuts a stream of bytes into blobs of `PIECE_BYTES`; the last is shorter. What is stored stays, however the stream ends. */
export class PieceWriter {
  private chunks: Uint8Array[] = [];
  private held = 0;

  constructor(
    private readonly blobs: Pick<BlobStore, 'put'>,
    private readonly stored: (piece: BlobReference) => void,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    let rest = chunk;
    // The same file gives the same pieces, however the network cut it up.
    while (this.held + rest.byteLength >= PIECE_BYTES) {
      const taken = PIECE_BYTES - this.held;
      this.hold(rest.subarray(0, taken));
      rest = rest.subarray(taken);
      await this.flush();
    }
    if (rest.byteLength > 0) this.hold(rest);
  }

  async flush(): Promise<void> {
    if (this.held === 0) return;
    const content = Buffer.concat(this.chunks, this.held);
    this.chunks = [];
    this.held = 0;
    this.stored(await this.blobs.put(content));
  }

  private hold(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.held += chunk.byteLength;
  }
}
