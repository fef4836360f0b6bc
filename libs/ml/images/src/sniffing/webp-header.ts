import { exifOrientation } from './exif';
import type { ImageHeader } from './image-header';

/** Of lossy, lossless and extended WebP files (https://developers.google.com/speed/webp/docs/riff_container). */
export function webpHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 30) return undefined;
  const size = canvas(bytes);
  if (size === undefined) return undefined;
  const [width, height] = orientation(bytes) >= 5 ? [size[1], size[0]] : size;
  return { format: 'webp', width, height, channels: 3, plain: false };
}

function canvas(bytes: Buffer): [number, number] | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
}

function orientation(bytes: Buffer): number {
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    if (bytes.toString('latin1', at, at + 4) === 'EXIF') {
      return exifOrientation(bytes.subarray(at + 8, at + 8 + length));
    }
    at += 8 + length + (length % 2);
  }
  return 1;
}
