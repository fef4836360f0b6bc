import type { Sharp } from 'sharp';
import { FITS } from './fits';
import { sharpLibrary } from './sharp-library';
import { decodeSmall } from './small/decode-small';
import { ImageError } from '../image-error';
import { IMAGE_LIMITS } from '../image-limits';
import type { ImageLimits } from '../image-limits';
import type { ImageFormat, ImageHeader } from '../sniffing/image-header';
import { sniffImage } from '../sniffing/sniff-image';

/** What every image of a version is fitted to. */
export interface ImageTarget {
  width: number;
  height: number;
  channels: 1 | 3;
  /** `cover` cuts, `contain` pads with black, `stretch` distorts. */
  fit: 'cover' | 'contain' | 'stretch';
}

export interface DecodedImage {
  /** height × width × channels bytes: rows from the top, pixels from the left, channels (red, green, blue) together. */
  pixels: Buffer;
  width: number;
  height: number;
  channels: 1 | 3;
  format: ImageFormat;
  /** As the file has it, turned as it is shown. */
  original: { width: number; height: number; channels: 1 | 3 };
}

export interface DecodeOptions {
  limits?: Partial<ImageLimits>;
  /** By default the image keeps its size, and its channels. */
  target?: ImageTarget;
}

/**
 * An image's pixels, as people see it: turned as its EXIF data say, on white where it is transparent, of an animation
 * the first picture, 16-bit values reduced to 8. Only the content counts, not a name.
 * @throws ImageError for what is no image, is cut off or damaged, or is beyond the limits
 */
export async function decodeImage(bytes: Buffer, options: DecodeOptions = {}): Promise<DecodedImage> {
  const limits = { ...IMAGE_LIMITS, ...options.limits };
  const header = checkedHeader(bytes, limits);
  const { width, height, channels, format } = header;
  const target = options.target ?? { width, height, channels, fit: 'stretch' };
  const pixels = smallPixels(bytes, header, target) ?? (await decoded(bytes, header, target, limits));
  return {
    pixels,
    width: target.width,
    height: target.height,
    channels: target.channels,
    format,
    original: { width, height, channels },
  };
}

/** `undefined` of what is not small, or is to be changed. */
function smallPixels(bytes: Buffer, header: ImageHeader, target: ImageTarget): Buffer | undefined {
  const { width, height, channels } = header;
  const isReady = width === target.width && height === target.height && channels === target.channels;
  return isReady ? decodeSmall(bytes, header) : undefined;
}

async function decoded(
  bytes: Buffer,
  header: ImageHeader,
  target: ImageTarget,
  limits: ImageLimits,
): Promise<Buffer> {
  const image = sharpLibrary()(bytes, {
    limitInputPixels: limits.pixels,
    failOn: 'error',
    pages: 1,
    unlimited: false,
  }).autoOrient();
  const pixels = await raw(fitted(image, header, target));
  if (pixels.length !== target.width * target.height * target.channels) {
    throw new ImageError('its size is not what its header says');
  }
  return pixels;
}

/** @throws ImageError */
export function checkedHeader(bytes: Buffer, limits: ImageLimits = IMAGE_LIMITS): ImageHeader {
  if (bytes.length === 0) throw new ImageError('it is empty');
  if (bytes.length > limits.bytes) throw new ImageError(`it has more than ${String(limits.bytes)} bytes`);
  const header = sniffImage(bytes);
  if (header === undefined)
    throw new ImageError('it is no PNG, JPEG, GIF, WebP or TIFF image, or it is damaged');
  const { width, height } = header;
  if (width > limits.side || height > limits.side || width * height > limits.pixels) {
    const size = `${String(width)} × ${String(height)}`;
    throw new ImageError(
      `it has ${size} pixels; at most ${String(limits.pixels)}, and ${String(limits.side)} to a side, are taken`,
    );
  }
  return header;
}

function fitted(image: Sharp, header: ImageHeader, target: ImageTarget): Sharp {
  let result = header.format === 'jpeg' ? image : image.flatten({ background: '#ffffff' });
  if (header.width !== target.width || header.height !== target.height) {
    result = result.resize(target.width, target.height, { fit: FITS[target.fit], background: '#000000' });
  }
  return result.toColourspace(target.channels === 1 ? 'b-w' : 'srgb');
}

async function raw(image: Sharp): Promise<Buffer> {
  try {
    return await image.raw({ depth: 'uchar' }).toBuffer();
  } catch (error) {
    throw new ImageError(plainWords(error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
}

function plainWords(message: string): string {
  if (/premature end|truncated|unexpected end|read error/i.test(message)) return 'it is cut off';
  if (/pixel limit/i.test(message)) return 'it has too many pixels';
  const [first = ''] = message.split('\n');
  return `it is damaged (${first.slice(0, 150)})`;
}
