import { exifOrientation } from './exif';
import type { ImageHeader } from './image-header';

/** Start of frame; C4, C8 and CC are other things. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const hasNoLength = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** @param bytes a JPEG file, at least up to its start of frame */
export function jpegHeader(bytes: Buffer): ImageHeader | undefined {
  let orientation = 1;
  let hasProfile = false;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // fill bytes
      continue;
    }
    if (hasNoLength(marker)) {
      at += 2;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2 || marker === 0xda || marker === 0xd9) return undefined;
    if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0') {
      orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + length));
    }
    if (marker === 0xe2 && bytes.toString('latin1', at + 4, at + 15) === 'ICC_PROFILE') hasProfile = true;
    if (isFrame(marker)) return frame(bytes.subarray(at + 4, at + 2 + length), orientation, hasProfile);
    at += 2 + length;
  }
  return undefined;
}

function frame(segment: Buffer, orientation: number, hasProfile: boolean): ImageHeader | undefined {
  if (segment.length < 6) return undefined;
  const [bits, height, width, components] = [
    segment[0],
    segment.readUInt16BE(1),
    segment.readUInt16BE(3),
    segment[5],
  ];
  const plain = bits === 8 && orientation === 1 && !hasProfile && (components === 1 || components === 3);
  const about = { format: 'jpeg' as const, channels: components === 1 ? (1 as const) : (3 as const), plain };
  return orientation >= 5 ? { ...about, width: height, height: width } : { ...about, width, height };
}
