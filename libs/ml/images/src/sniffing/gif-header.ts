import type { ImageHeader } from './image-header';

/** A GIF's canvas. Its palette may be grey; its pixels count as colour. */
export function gifHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 13) return undefined;
  return {
    format: 'gif',
    width: bytes.readUInt16LE(6),
    height: bytes.readUInt16LE(8),
    channels: 3,
    plain: false,
  };
}
