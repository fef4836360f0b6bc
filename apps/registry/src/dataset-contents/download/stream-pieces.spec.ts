import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { streamPieces } from './stream-pieces';

const blobs = {
  get: (sha256: string, range?: { start: number; end?: number }) =>
    Promise.resolve(
      Readable.from(
        Buffer.from(range === undefined ? sha256 : sha256.slice(range.start, (range.end ?? 0) + 1)),
        {
          objectMode: false,
        },
      ),
    ),
};
const piece = (content: string) => ({ sha256: content, size: content.length });

it('gives the pieces one after the other, and any span of their bytes', async () => {
  const ascii = fc.string({ unit: fc.constantFrom('a', 'b', 'c') });
  await fc.assert(
    fc.asyncProperty(
      fc.array(ascii, { minLength: 1 }),
      fc.nat(),
      fc.nat(),
      async (contents, from, length) => {
        const whole = contents.join('');
        const pieces = contents.map(piece);
        await expect(text(streamPieces(blobs, pieces))).resolves.toBe(whole);
        if (whole === '') return;
        const start = from % whole.length;
        const end = Math.min(whole.length - 1, start + (length % whole.length));
        await expect(text(streamPieces(blobs, pieces, { start, end }))).resolves.toBe(
          whole.slice(start, end + 1),
        );
      },
    ),
    { numRuns: 50 },
  );
});
