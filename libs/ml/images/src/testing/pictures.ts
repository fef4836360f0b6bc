import { encodePng } from '../encode-png';

/** Pixels that follow from a number, so that every picture is another one. */
export function pixelsOf(seed: number, width: number, height: number, channels: 1 | 3): Buffer {
  return Buffer.from(
    Array.from(
      { length: width * height * channels },
      (_, i) => (seed * 97 + i * 31 + ((i * seed) % 13)) % 256,
    ),
  );
}

export async function pngOf(seed: number, width = 4, height = 4, channels: 1 | 3 = 3): Promise<Buffer> {
  return encodePng(pixelsOf(seed, width, height, channels), { width, height, channels });
}

/** An IDX file of unsigned bytes. */
export function idxOf(dimensions: number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, 8, dimensions.length]);
  for (const [i, size] of dimensions.entries()) header.writeUInt32BE(size, 4 + 4 * i);
  return Buffer.concat([header, values]);
}
