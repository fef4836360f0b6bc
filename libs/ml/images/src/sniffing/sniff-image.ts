import { sniffBytes } from '@modelyard/ml-archives';
import { gifHeader } from './gif-header';
import type { ImageFormat, ImageHeader } from './image-header';
import { jpegHeader } from './jpeg-header';
import { pngHeader } from './png-header';
import { tiffHeader } from './tiff-header';
import { webpHeader } from './webp-header';

const HEADERS: Record<ImageFormat, (bytes: Buffer) => ImageHeader | undefined> = {
  png: pngHeader,
  jpeg: jpegHeader,
  gif: gifHeader,
  webp: webpHeader,
  tiff: tiffHeader,
};

/**
 * What an image says of itself, by its content and not its name, without decoding it: some microseconds.
 * @param bytes the whole file
 * @returns `undefined` for what is no PNG, JPEG, GIF, WebP or TIFF image, or does not say its size
 */
export function sniffImage(bytes: Buffer): ImageHeader | undefined {
  const kind = sniffBytes(bytes.subarray(0, 512));
  const read = kind in HEADERS ? HEADERS[kind as ImageFormat] : undefined;
  const header = read?.(bytes);
  return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined;
}
