import type { ImageHeader } from './image-header';

const WIDTH = 0x0100;
const HEIGHT = 0x0101;
const PHOTOMETRIC = 0x0106;
const ORIENTATION = 0x0112;
const SHORT = 3;
const LONG = 4;

/** Of a TIFF file's first picture. */
export function tiffHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 14) return undefined;
  const little = bytes[0] === 0x49;
  const u16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const directory = u32(4);
  if (directory + 2 > bytes.length) return undefined;
  const tags = new Map<number, number>();
  for (let i = 0, count = u16(directory); i < count; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > bytes.length) break;
    const type = u16(entry + 2);
    if (type === SHORT) tags.set(u16(entry), u16(entry + 8));
    else if (type === LONG) tags.set(u16(entry), u32(entry + 8));
  }
  const [width, height] = [tags.get(WIDTH), tags.get(HEIGHT)];
  if (width === undefined || height === undefined) return undefined;
  const channels: 1 | 3 = (tags.get(PHOTOMETRIC) ?? 2) <= 1 ? 1 : 3;
  const about = { format: 'tiff' as const, channels, plain: false } satisfies Partial<ImageHeader>;
  return (tags.get(ORIENTATION) ?? 1) >= 5
    ? { ...about, width: height, height: width }
    : { ...about, width, height };
}
