import { sharpLibrary } from './decoding/sharp-library';

export interface PngOptions {
  width: number;
  height: number;
  channels: 1 | 3;
  /** How many times its size the picture gets, in whole pixels, so that small ones can be seen. Default 1. */
  scale?: number;
}

/** A PNG file of raw pixels (height × width × channels, 0 to 255). */
export async function encodePng(pixels: Uint8Array, options: PngOptions): Promise<Buffer> {
  const { width, height, channels, scale = 1 } = options;
  const image = sharpLibrary()(pixels, { raw: { width, height, channels } });
  const scaled =
    scale === 1
      ? image
      : image.resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), {
          kernel: scale > 1 ? 'nearest' : 'lanczos3',
          fit: 'fill',
        });
  return scaled
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 6 })
    .toBuffer();
}
