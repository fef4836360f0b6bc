import { decodeJpeg } from './decode-jpeg';
import { decodePng } from './decode-png';
import type { ImageHeader } from '../../sniffing/image-header';

/** Pixels. Beyond it the cost of an operation in libvips, a millisecond, is paid back. */
export const SMALL = 96 * 96;

/**
 * Decodes the small images that training sets have by the ten thousand: usual JPEG and PNG files of at most 96 × 96
 * pixels. libvips takes about a millisecond for each, whatever its size; here it is a tenth of that. The pixels are the
 * same to the last bit.
 * @returns `undefined` where the image is another one or is damaged: then libvips decodes it, or says what is wrong
 */
export function decodeSmall(bytes: Buffer, header: ImageHeader): Buffer | undefined {
  const { format, width, height, channels, plain } = header;
  if (!plain || width * height > SMALL) return undefined;
  const pixels = format === 'jpeg' ? decodeJpeg(bytes) : decodePng(bytes, width, height, channels);
  return pixels?.length === width * height * channels ? pixels : undefined;
}
