import { Readable } from 'node:stream';
import type { BlobReference } from '@modelyard/contracts';
import type { BlobStore } from '@modelyard/platform-blobs';

export interface Span {
  start: number;
  /** Inclusive. */
  end: number;
}

/** The pieces of a file, one after the other; with `span`, those of its bytes. */
export function streamPieces(
  blobs: Pick<BlobStore, 'get'>,
  pieces: readonly BlobReference[],
  span?: Span,
): Readable {
  return Readable.from(read(blobs, pieces, span), { objectMode: false });
}

async function* read(
  blobs: Pick<BlobStore, 'get'>,
  pieces: readonly BlobReference[],
  span?: Span,
): AsyncGenerator<Buffer> {
  let start = 0;
  for (const { sha256, size } of pieces) {
    const end = start + size - 1;
    if (span === undefined) yield* await chunksOf(blobs, sha256);
    else if (size > 0 && end >= span.start && start <= span.end) {
      const range = { start: Math.max(0, span.start - start), end: Math.min(end, span.end) - start };
      yield* await chunksOf(blobs, sha256, range);
    }
    start += size;
  }
}

async function chunksOf(
  blobs: Pick<BlobStore, 'get'>,
  sha256: string,
  range?: Span,
): Promise<AsyncIterable<Buffer>> {
  return (await blobs.get(sha256, range)) as AsyncIterable<Buffer>;
}
