import { FITS } from './fits';
import { sharpLibrary } from './sharp-library';
import type { ImageTarget } from './decode-image';

/**
 * Raw pixels, fitted to a version's shape.
 * @param pixels height × width × channels
 */
export async function fitPixels(
  pixels: Uint8Array,
  source: { width: number; height: number; channels: 1 | 3 },
  target: ImageTarget,
): Promise<Buffer> {
  const { width, height, channels } = source;
  return sharpLibrary()(pixels, { raw: { width, height, channels } })
    .resize(target.width, target.height, { fit: FITS[target.fit], background: '#000000' })
    .toColourspace(target.channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
}
