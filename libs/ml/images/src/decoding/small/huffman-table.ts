/** How many bits are looked up at once; longer codes are rare. */
export const LOOKUP_BITS = 9;
const LONGEST = 16;
const KEPT = 32;

/** A JPEG file's code: how many bits stand for which symbol. */
export interface HuffmanTable {
  /** By the next 9 bits: length × 256 + symbol, or 0 where the code is longer. */
  lookup: Uint16Array;
  /** By length: the largest code of it, −1 where there is none. */
  largest: Int32Array;
  /** By length: what to add to a code for its place in `symbols`. */
  offset: Int32Array;
  symbols: Uint8Array;
}

const kept = new Map<string, HuffmanTable>();

/**
 * A table as a file defines it (ITU-T T.81, C.2). Most files of a set have the same four, which are made once.
 * @param definition 16 counts, then the symbols
 * @returns `undefined` where it is no code
 */
export function huffmanTable(definition: Buffer): HuffmanTable | undefined {
  const key = definition.toString('latin1');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const table = made(Buffer.from(definition));
  if (table === undefined) return undefined;
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, table);
  return table;
}

function made(definition: Buffer): HuffmanTable | undefined {
  const table: HuffmanTable = {
    lookup: new Uint16Array(1 << LOOKUP_BITS),
    largest: new Int32Array(LONGEST + 1).fill(-1),
    offset: new Int32Array(LONGEST + 1),
    symbols: definition.subarray(LONGEST),
  };
  let [code, place] = [0, 0];
  for (let length = 1; length <= LONGEST; length++) {
    const count = definition[length - 1] as number;
    if (code + count > 1 << length) return undefined;
    table.offset[length] = place - code;
    if (length <= LOOKUP_BITS) {
      const wide = LOOKUP_BITS - length;
      for (let i = 0; i < count; i++) {
        const entry = length * 256 + (table.symbols[place + i] as number);
        table.lookup.fill(entry, (code + i) << wide, (code + i + 1) << wide);
      }
    }
    code += count;
    place += count;
    if (count > 0) table.largest[length] = code - 1;
    code <<= 1;
  }
  return place === table.symbols.length ? table : undefined;
}
