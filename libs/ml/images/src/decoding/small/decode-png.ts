import { crc32, inflateSync } from 'node:zlib';

const CHUNK = 12; // length, type and checksum
const [IHDR, IDAT, IEND] = ['IHDR', 'IDAT', 'IEND'];
/** Chunks that change no pixel. */
const IDLE = new Set(['tEXt', 'zTXt', 'iTXt', 'tIME', 'pHYs', 'sRGB', 'gAMA', 'cHRM', 'bKGD', 'eXIf']);

/**
 * The pixels of a usual small PNG file: grey or colour, 8 bits, not interlaced, without transparency.
 * @returns `undefined` for all other files, and damaged ones
 */
export function decodePng(bytes: Buffer, width: number, height: number, channels: 1 | 3): Buffer | undefined {
  const packed: Buffer[] = [];
  let [at, type] = [8, ''];
  while (type !== IEND) {
    if (at + CHUNK > bytes.length) return undefined;
    const end = at + CHUNK + bytes.readUInt32BE(at);
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) {
      return undefined;
    }
    type = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, end - 4);
    if (type === IDAT) packed.push(content);
    else if (type === IHDR) {
      if (at !== 8 || content.length !== 13 || content[12] !== 0) return undefined; // 12: interlaced
    } else if (type !== IEND && !IDLE.has(type)) return undefined;
    at = end;
  }
  const lines = inflated(Buffer.concat(packed), (1 + width * channels) * height);
  return lines === undefined ? undefined : unfiltered(lines, width * channels, height, channels);
}

function inflated(packed: Buffer, size: number): Buffer | undefined {
  try {
    const lines = inflateSync(packed, { maxOutputLength: size, chunkSize: Math.max(64, size) });
    return lines.length === size ? lines : undefined;
  } catch {
    return undefined;
  }
}

/** Undoes what makes lines pack better (PNG, third edition, 9). */
function unfiltered(lines: Buffer, length: number, height: number, channels: number): Buffer | undefined {
  const pixels = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++) {
    const from = y * (length + 1);
    const filter = lines[from] as number;
    if (filter > 4) return undefined;
    const out = y * length;
    if (filter === 0) {
      lines.copy(pixels, out, from + 1, from + 1 + length);
      continue;
    }
    for (let x = 0; x < length; x++) {
      const left = x < channels ? 0 : (pixels[out + x - channels] as number);
      const up = y === 0 ? 0 : (pixels[out + x - length] as number);
      const corner = x < channels || y === 0 ? 0 : (pixels[out + x - length - channels] as number);
      pixels[out + x] = (lines[from + 1 + x] as number) + guess(filter, left, up, corner);
    }
  }
  return pixels;
}

function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
