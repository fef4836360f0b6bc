import { LOOKUP_BITS } from './huffman-table';
import type { HuffmanTable } from './huffman-table';
import type { JpegComponent } from './jpeg-frame';

/** Where the coefficients of the zigzag order are in a block of 8 × 8. */
const NATURAL = Uint8Array.of(
  ...[
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14,
  ],
  ...[
    21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
    53,
  ],
  ...[60, 61, 54, 47, 55, 62, 63],
);
/**
 * No encoder makes a block whose coefficients sum to more, as their squares are bounded; beyond it decoders with 16-bit
 * arithmetic differ from those with 32.
 */
const LARGEST_SUM = 5_800;
const EOI = 0xd9;

/** Reads the coded pixels of a scan, bit by bit. */
export class ScanReader {
  /** Of what comes next, the highest bit first; `held` of them count. */
  private bits = 0;
  private held = 0;
  /** Bits that are not in the file. */
  private missing = 0;

  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  /**
   * Reads the next block, dequantized.
   * @param block of 64 zeros
   * @param last the component's last DC value
   * @returns its own DC value, or `undefined` where something is not as it should be
   */
  readBlock(block: Int32Array, { dc, ac, quantization }: JpegComponent, last: number): number | undefined {
    const size = this.symbol(dc);
    if (size < 0 || size > 11) return undefined;
    const value = last + this.signed(size);
    let sum = Math.abs((block[0] = value * (quantization[0] as number)));
    for (let k = 1; k < 64; k++) {
      const symbol = this.symbol(ac);
      if (symbol < 0) return undefined;
      const bits = symbol & 15;
      if (bits === 0) {
        if (symbol === 0) break;
        if (symbol !== 0xf0) return undefined;
        k += 15;
        continue;
      }
      k += symbol >> 4;
      if (k > 63 || bits > 10) return undefined;
      const coefficient = this.signed(bits) * (quantization[k] as number);
      block[NATURAL[k] as number] = coefficient;
      sum += Math.abs(coefficient);
    }
    return sum > LARGEST_SUM || this.missing > this.held ? undefined : value;
  }

  /** Whether the image ends here, and nothing was left over. */
  isAtEnd(): boolean {
    const left = this.held - this.missing;
    return left >= 0 && left < 8 && this.bytes[this.at] === 0xff && this.bytes[this.at + 1] === EOI;
  }

  private fill(): void {
    const { bytes } = this;
    while (this.held <= 16) {
      const byte = bytes[this.at];
      if (byte === undefined || (byte === 0xff && bytes[this.at + 1] !== 0)) {
        this.missing += 8; // a marker: what is asked for beyond is not there
        this.bits = this.bits << 8;
      } else {
        this.at += byte === 0xff ? 2 : 1;
        this.bits = (this.bits << 8) | byte;
      }
      this.held += 8;
    }
  }

  /** −1 where no code fits. */
  private symbol(table: HuffmanTable): number {
    if (this.held < 16) this.fill();
    const entry = table.lookup[(this.bits >> (this.held - LOOKUP_BITS)) & ((1 << LOOKUP_BITS) - 1)] as number;
    if (entry !== 0) {
      this.held -= entry >> 8;
      return entry & 255;
    }
    for (let length = LOOKUP_BITS + 1; length <= 16; length++) {
      const code = (this.bits >> (this.held - length)) & ((1 << length) - 1);
      if (code <= (table.largest[length] as number)) {
        this.held -= length;
        return table.symbols[code + (table.offset[length] as number)] as number;
      }
    }
    return -1;
  }

  private signed(size: number): number {
    if (size === 0) return 0;
    if (this.held < 16) this.fill();
    const value = (this.bits >> (this.held - size)) & ((1 << size) - 1);
    this.held -= size;
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }
}
