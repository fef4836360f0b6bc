import { murmurHash } from './murmur-hash';

type Words = [number, number, number, number];

/**
 * Pseudo-random numbers that are the same on every machine for the same seed: xoshiro128** 1.1 (Blackman and Vigna,
 * https://prng.di.unimi.it/xoshiro128starstar.c), its 128-bit state hashed from the seed. Not for secrets.
 *
 * Take one generator per purpose with `fork`, so that drawing more numbers for one never changes another.
 */
export class SeededGenerator {
  private readonly words: Words;
  private readonly key: Words;

  /**
   * @param seed any text or number; a number and its decimal text give the same stream
   * @throws RangeError when the number is NaN or infinite
   */
  constructor(seed: number | string) {
    if (typeof seed === 'number' && !Number.isFinite(seed))
      throw new RangeError(`The seed ${seed} is not finite`);
    this.key = wordsOf(String(seed));
    this.words = [...this.key];
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  next(): number {
    const high = this.nextWord() >>> 5;
    const low = this.nextWord() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /**
   * A whole number in [0, maxExclusive), each equally likely: draws that would favour small ones are thrown away.
   * @throws RangeError unless `maxExclusive` is whole, and from 1 to 2³²
   */
  integer(maxExclusive: number): number {
    if (!Number.isInteger(maxExclusive) || maxExclusive < 1 || maxExclusive > TWO_TO_32) {
      throw new RangeError(`maxExclusive must be a whole number from 1 to 2^32, not ${maxExclusive}`);
    }
    const limit = TWO_TO_32 - (TWO_TO_32 % maxExclusive);
    let word = this.nextWord();
    while (word >= limit) word = this.nextWord();
    return word % maxExclusive;
  }

  /** A number from the standard normal distribution (Box–Muller; its second number is dropped, so that `state` is all there is). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** The numbers 0 … n − 1 in random order, each order equally likely (Fisher–Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = order[i] as number;
      order[i] = order[j] as number;
      order[j] = swapped;
    }
    return order;
  }

  /** An independent generator. It depends on this one's seed and the label, not on how many numbers were drawn. */
  fork(label: string): SeededGenerator {
    return new SeededGenerator(`${this.key.join('.')}/${label}`);
  }

  /** Everything that `restore` needs to go on from here: eight unsigned 32-bit words. */
  state(): number[] {
    return [...this.words, ...this.key];
  }

  /**
   * A generator that goes on where `state` was taken.
   * @throws RangeError when this is no state of a generator
   */
  static restore(state: readonly number[]): SeededGenerator {
    const valid =
      state.length === 8 && state.every((word) => Number.isInteger(word) && word >= 0 && word < TWO_TO_32);
    if (!valid || state.slice(0, 4).every((word) => word === 0)) {
      throw new RangeError('The state must be eight unsigned 32-bit words, the first four not all zero');
    }
    const generator = new SeededGenerator(0);
    for (let i = 0; i < 4; i++) {
      generator.words[i] = state[i] as number;
      generator.key[i] = state[i + 4] as number;
    }
    return generator;
  }

  private nextWord(): number {
    const words = this.words;
    const result = Math.imul(rotateLeft(Math.imul(words[1], 5), 7), 9) >>> 0;
    const shifted = words[1] << 9;
    words[2] ^= words[0];
    words[3] ^= words[1];
    words[1] = (words[1] ^ words[2]) >>> 0;
    words[0] = (words[0] ^ words[3]) >>> 0;
    words[2] = (words[2] ^ shifted) >>> 0;
    words[3] = rotateLeft(words[3], 11) >>> 0;
    return result;
  }
}

const TWO_TO_32 = 0x100000000;

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function wordsOf(seed: string): Words {
  const words: Words = [murmurHash(seed, 1), murmurHash(seed, 2), murmurHash(seed, 3), murmurHash(seed, 4)];
  // From all zeros xoshiro never leaves zero.
  return words.some((word) => word !== 0) ? words : [1, 0, 0, 0];
}
