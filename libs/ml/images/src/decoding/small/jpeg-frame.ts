import { huffmanTable } from './huffman-table';
import type { HuffmanTable } from './huffman-table';

export interface JpegComponent {
  /** Blocks to a unit, across and down. */
  across: number;
  down: number;
  /** By the zigzag order of the file. */
  quantization: Uint8Array;
  dc: HuffmanTable;
  ac: HuffmanTable;
}

/** A JPEG file of one scan, up to its pixels. */
export interface JpegFrame {
  width: number;
  height: number;
  components: JpegComponent[];
  /** Where the coded pixels begin. */
  start: number;
}

const [DHT, DQT, SOF0, SOS, COMMENT, ADOBE] = [0xc4, 0xdb, 0xc0, 0xda, 0xfe, 0xee];

interface Component {
  across: number;
  down: number;
  table: number;
}

/**
 * What a usual JPEG file says before its pixels: baseline, 8 bits, one scan, no restarts, grey or YCbCr with ids 1, 2, 3.
 * @returns `undefined` for all others, damaged ones too: they are left to a decoder that knows all of JPEG
 */
export function jpegFrame(bytes: Buffer): JpegFrame | undefined {
  const quantizations: (Uint8Array | undefined)[] = [];
  const codes = new Map<number, HuffmanTable>();
  let size: { width: number; height: number; components: Component[] } | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] as number;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (bytes[at] !== 0xff || end < at + 4 || end > bytes.length) return undefined;
    const segment = bytes.subarray(at + 4, end);
    if (marker === SOS)
      return size === undefined ? undefined : frame(segment, end, size, quantizations, codes);
    if (marker === DQT) {
      if (!readQuantizations(segment, quantizations)) return undefined;
    } else if (marker === DHT) {
      if (!readCodes(segment, codes)) return undefined;
    } else if (marker === SOF0) {
      if (size !== undefined) return undefined;
      size = readSize(segment);
      if (size === undefined) return undefined;
    } else if (marker !== COMMENT && (marker < 0xe0 || marker > 0xef || marker === ADOBE)) {
      return undefined;
    }
    at = end;
  }
  return undefined;
}

function readQuantizations(segment: Buffer, quantizations: (Uint8Array | undefined)[]): boolean {
  if (segment.length % 65 !== 0) return false; // 16-bit ones have 129 bytes
  for (let at = 0; at < segment.length; at += 65) {
    const id = segment[at] as number;
    if (id > 3) return false;
    quantizations[id] = segment.subarray(at + 1, at + 65);
  }
  return true;
}

function readCodes(segment: Buffer, codes: Map<number, HuffmanTable>): boolean {
  for (let at = 0; at < segment.length;) {
    const id = segment[at] as number;
    let symbols = 0;
    for (let i = 1; i <= 16; i++) symbols += segment[at + i] ?? 256;
    const end = at + 17 + symbols;
    if (symbols > 256 || end > segment.length) return false;
    const table = huffmanTable(segment.subarray(at + 1, end));
    if (table === undefined) return false;
    codes.set(id, table);
    at = end;
  }
  return true;
}

function readSize(segment: Buffer): { width: number; height: number; components: Component[] } | undefined {
  const count = segment[5];
  if (segment.length < 6 || segment[0] !== 8 || (count !== 1 && count !== 3)) return undefined;
  if (segment.length !== 6 + 3 * count) return undefined;
  const components: Component[] = [];
  for (let i = 0; i < count; i++) {
    const [id, sampling, table] = segment.subarray(6 + 3 * i, 9 + 3 * i) as unknown as [
      number,
      number,
      number,
    ];
    if (id !== i + 1) return undefined;
    components.push({ across: sampling >> 4, down: sampling & 15, table });
  }
  if (!isUsualSampling(components)) return undefined;
  return { height: segment.readUInt16BE(1), width: segment.readUInt16BE(3), components };
}

/** 4:4:4, 4:2:2 or 4:2:0; a grey image has one block to a unit, whatever it says. */
function isUsualSampling(components: Component[]): boolean {
  const [luma, ...chroma] = components;
  if (luma === undefined) return false;
  if (chroma.length === 0) return luma.across === 1 && luma.down === 1;
  const usual =
    luma.across === 1 ? luma.down === 1 : luma.across === 2 && (luma.down === 1 || luma.down === 2);
  return usual && chroma.every(({ across, down }) => across === 1 && down === 1);
}

function frame(
  segment: Buffer,
  start: number,
  size: { width: number; height: number; components: Component[] },
  quantizations: (Uint8Array | undefined)[],
  codes: Map<number, HuffmanTable>,
): JpegFrame | undefined {
  const count = size.components.length;
  if (segment.length !== 4 + 2 * count || segment[0] !== count) return undefined;
  const spectrum = 1 + 2 * count;
  if (segment[spectrum] !== 0 || segment[spectrum + 1] !== 63 || segment[spectrum + 2] !== 0)
    return undefined;
  const components: JpegComponent[] = [];
  for (const [i, { across, down, table }] of size.components.entries()) {
    const tables = segment[2 + 2 * i] as number;
    const quantization = quantizations[table];
    const [dc, ac] = [codes.get(tables >> 4), codes.get(16 + (tables & 15))];
    if (segment[1 + 2 * i] !== i + 1 || quantization === undefined || dc === undefined || ac === undefined) {
      return undefined;
    }
    components.push({ across, down, quantization, dc, ac });
  }
  return { width: size.width, height: size.height, components, start };
}
