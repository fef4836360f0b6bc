const [BITS, PASS1_BITS] = [13, 2];
const FIRST = BITS - PASS1_BITS;
const SECOND = BITS + PASS1_BITS + 3;
const work = new Int32Array(64);

/**
 * The accurate inverse cosine transform in whole numbers (C. Loeffler, A. Ligtenberg and G. Moschytz, 1989) as libjpeg's
 * `jidctint.c` does it, to the last bit: the same image is to have the same pixels, whoever decoded it.
 * @param block 64 coefficients; it is left with zeros
 * @param plane where the 8 × 8 pixels go
 */
export function inverseDct(block: Int32Array, plane: Uint8Array, start: number, stride: number): void {
  for (let column = 0; column < 8; column++) transform(block, column, 8, work, FIRST);
  for (let row = 0; row < 8; row++) {
    transform(work, row * 8, 1, work, SECOND);
    const out = start + row * stride;
    for (let x = 0; x < 8; x++) {
      const value = (work[row * 8 + x] as number) + 128;
      plane[out + x] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  block.fill(0);
}

function transform(from: Int32Array, at: number, step: number, to: Int32Array, shift: number): void {
  const v0 = from[at] as number;
  const v1 = from[at + step] as number;
  const v2 = from[at + 2 * step] as number;
  const v3 = from[at + 3 * step] as number;
  const v4 = from[at + 4 * step] as number;
  const v5 = from[at + 5 * step] as number;
  const v6 = from[at + 6 * step] as number;
  const v7 = from[at + 7 * step] as number;
  const half = 1 << (shift - 1);
  if ((v1 | v2 | v3 | v4 | v5 | v6 | v7) === 0) {
    const flat = ((v0 << BITS) + half) >> shift;
    for (let i = 0; i < 8; i++) to[at + i * step] = flat;
    return;
  }
  // The even half.
  const e = (v2 + v6) * 4433; // × 2^13: 0.541196100
  const e2 = e - v6 * 15137; // 1.847759065
  const e3 = e + v2 * 6270; // 0.765366865
  const e0 = (v0 + v4) << BITS;
  const e1 = (v0 - v4) << BITS;
  const a0 = e0 + e3;
  const a1 = e1 + e2;
  const a2 = e1 - e2;
  const a3 = e0 - e3;
  // The odd half.
  const z5 = (v7 + v3 + v5 + v1) * 9633; // 1.175875602
  const z1 = (v7 + v1) * -7373; // 0.899976223
  const z2 = (v5 + v3) * -20995; // 2.562915447
  const z3 = (v7 + v3) * -16069 + z5; // 1.961570560
  const z4 = (v5 + v1) * -3196 + z5; // 0.390180644
  const o0 = v7 * 2446 + z1 + z3; // 0.298631336
  const o1 = v5 * 16819 + z2 + z4; // 2.053119869
  const o2 = v3 * 25172 + z2 + z3; // 3.072711026
  const o3 = v1 * 12299 + z1 + z4; // 1.501321110
  to[at] = (a0 + o3 + half) >> shift;
  to[at + 7 * step] = (a0 - o3 + half) >> shift;
  to[at + step] = (a1 + o2 + half) >> shift;
  to[at + 6 * step] = (a1 - o2 + half) >> shift;
  to[at + 2 * step] = (a2 + o1 + half) >> shift;
  to[at + 5 * step] = (a2 - o1 + half) >> shift;
  to[at + 3 * step] = (a3 + o0 + half) >> shift;
  to[at + 4 * step] = (a3 - o0 + half) >> shift;
}
