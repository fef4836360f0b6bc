import { exifOrientation } from './exif';
import type { ImageHeader } from './image-header';

const GREY = 0;
const GREY_WITH_ALPHA = 4;

/** @param bytes a PNG file, at least up to its first data */
export function pngHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  const [width, height, colour] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25]];
  const channels = colour === GREY || colour === GREY_WITH_ALPHA ? 1 : 3;
  return orientation(bytes) >= 5
    ? { format: 'png', width: height, height: width, channels }
    : { format: 'png', width, height, channels };
}

function orientation(bytes: Buffer): number {
  let at = 8;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') return 1;
    if (type === 'eXIf') return exifOrientation(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return 1;
}
