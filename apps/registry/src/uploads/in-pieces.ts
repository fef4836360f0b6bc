/** Larger than most files, and small enough that an upload that breaks off loses little. */
export const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * Cuts content into pieces of `pieceBytes`; the last one is shorter, and there is none of no content. What arrived
 * before the content broke off comes as a last piece, and then the error.
 */
export async function* inPieces(
  content: AsyncIterable<Buffer>,
  pieceBytes = PIECE_BYTES,
): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let filled = 0;
  const cut = (): Buffer => {
    const piece = Buffer.concat(chunks, filled);
    chunks = [];
    filled = 0;
    return piece;
  };
  try {
    for await (let chunk of content) {
      while (filled + chunk.length >= pieceBytes) {
        const fits = pieceBytes - filled;
        chunks.push(chunk.subarray(0, fits));
        filled = pieceBytes;
        yield cut();
        chunk = chunk.subarray(fits);
      }
      if (chunk.length > 0) chunks.push(chunk);
      filled += chunk.length;
    }
  } catch (error) {
    if (filled > 0) yield cut();
    throw error;
  }
  if (filled > 0) yield cut();
}
