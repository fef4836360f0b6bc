import type { BlobReference } from '@modelyard/contracts';
import type { BlobStore } from '@modelyard/platform-blobs';

export const PIECE_BYTES = 8 * 1024 ** 2;

/** Cuts a stream of bytes into blobs. What is stored stays, however the stream ends. */
export class PieceWriter {
  private chunks: Uint8Array[] = [];
  private held = 0;

  constructor(
    private readonly blobs: Pick<BlobStore, 'put'>,
    private readonly stored: (piece: BlobReference) => void,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.chunks.push(chunk);
    this.held += chunk.byteLength;
    if (this.held >= PIECE_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.held === 0) return;
    const content = Buffer.concat(this.chunks, this.held);
    this.chunks = [];
    this.held = 0;
    this.stored(await this.blobs.put(content));
  }
}
