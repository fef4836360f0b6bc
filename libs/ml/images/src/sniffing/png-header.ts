import { exifOrientation } from './exif';
import type { ImageHeader } from './image-header';

const GREY = 0;
const COLOUR = 2;
const GREY_WITH_ALPHA = 4;

/** @param bytes a PNG file, at least up to its first data */
export function pngHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [bits, colour] = [bytes[24], bytes[25]];
  const { orientation, changesColours } = chunksOf(bytes);
  const plain = bits === 8 && (colour === GREY || colour === COLOUR) && orientation === 1 && !changesColours;
  const channels: 1 | 3 = colour === GREY || colour === GREY_WITH_ALPHA ? 1 : 3;
  const about = { format: 'png' as const, channels, plain } satisfies Partial<ImageHeader>;
  return orientation >= 5 ? { ...about, width: height, height: width } : { ...about, width, height };
}

/** EXIF data may also follow the pixels. */
function chunksOf(bytes: Buffer): { orientation: number; changesColours: boolean } {
  let [orientation, changesColours] = [1, false];
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') break;
    if (type === 'tRNS' || type === 'iCCP' || type === 'cICP') changesColours = true;
    if (type === 'eXIf') orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return { orientation, changesColours };
}
