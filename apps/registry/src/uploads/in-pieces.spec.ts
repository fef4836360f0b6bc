import fc from 'fast-check';
import { inPieces } from './in-pieces';

async function* arriving(chunks: Uint8Array[], breaks = false): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
  await Promise.resolve();
  if (breaks) throw new Error('the sender went away');
}

it('cuts whatever arrives into pieces of one size, and loses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 20 })),
      fc.integer({ min: 1, max: 16 }),
      async (chunks, size) => {
        const pieces: Buffer[] = [];
        for await (const piece of inPieces(arriving(chunks), size)) pieces.push(piece);
        expect(Buffer.concat(pieces)).toEqual(Buffer.concat(chunks));
        expect(pieces.slice(0, -1).every(({ length }) => length === size)).toBe(true);
        expect(pieces.every(({ length }) => length > 0 && length <= size)).toBe(true);
      },
    ),
  );
});

it('gives what arrived before the content broke off, and then the error', async () => {
  const pieces = inPieces(arriving([Buffer.from('abcde')], true), 4);
  await expect(pieces.next()).resolves.toMatchObject({ value: Buffer.from('abcd') });
  await expect(pieces.next()).resolves.toMatchObject({ value: Buffer.from('e') });
  await expect(pieces.next()).rejects.toThrow('the sender went away');
});
