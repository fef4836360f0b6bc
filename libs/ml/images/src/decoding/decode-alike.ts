import { sharpLibrary } from './sharp-library';
import type { ImageTarget } from './decode-image';
import type { ImageHeader } from '../sniffing/image-header';

/** Whether an image needs nothing but to be decoded. */
export function isReady(header: ImageHeader, target: ImageTarget): boolean {
  const { width, height, channels, plain } = header;
  return plain && width === target.width && height === target.height && channels === target.channels;
}

/**
 * Decodes many small images of one size in one go, which takes little more than half the time of one by one: what an
 * operation costs in libvips is then paid once for all of them.
 * @param images all of them `isReady`
 * @returns the pixels of each, or `undefined` when one of them is not as it should be: then they are to be decoded one by one
 */
export async function decodeAlike(
  images: readonly Buffer[],
  target: ImageTarget,
): Promise<Buffer[] | undefined> {
  const size = target.width * target.height * target.channels;
  let pixels: Buffer;
  try {
    pixels = await sharpLibrary()([...images], { join: { across: 1 } })
      .toColourspace(target.channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer();
  } catch {
    return undefined;
  }
  if (pixels.length !== size * images.length) return undefined;
  return images.map((_, index) => pixels.subarray(index * size, (index + 1) * size));
}
