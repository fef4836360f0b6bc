import type { ImageStatistics } from '@modelyard/contracts';

const VALUES = 256;
const BINS = 32;

/** How often each value occurs, by channel; and brightness by class. Exact, and small however many pixels there are. */
export interface PixelCounts {
  /** By channel: 256 counts. */
  values: number[][];
  /** By class: the sum of all values, and how many they are. */
  classes: Record<string, { sum: number; count: number }>;
}

export function emptyCounts(channels: number): PixelCounts {
  return { values: Array.from({ length: channels }, () => new Array<number>(VALUES).fill(0)), classes: {} };
}

/**
 * Counts the pixels of a part.
 * @param labels of its samples, in order
 */
export function countPixels(pixels: Uint8Array, labels: readonly string[], channels: number): PixelCounts {
  const counts = Array.from({ length: channels }, () => new Uint32Array(VALUES));
  const size = labels.length === 0 ? 0 : pixels.length / labels.length;
  const classes = new Map<string, { sum: number; count: number }>();
  const add = channels === 1 ? addGrey : addColour;
  for (const [sample, label] of labels.entries()) {
    const sum = add(pixels, sample * size, (sample + 1) * size, counts);
    const known = classes.get(label);
    if (known === undefined) classes.set(label, { sum, count: size });
    else {
      known.sum += sum;
      known.count += size;
    }
  }
  return { values: counts.map((values) => [...values]), classes: Object.fromEntries(classes) };
}

// Every byte of every image comes through here: the loops are written out, a general one takes five times as long.

function addGrey(pixels: Uint8Array, start: number, end: number, counts: Uint32Array[]): number {
  const [grey] = counts as [Uint32Array];
  let sum = 0;
  for (let at = start; at < end; at++) {
    const value = pixels[at] as number;
    grey[value]!++;
    sum += value;
  }
  return sum;
}

function addColour(pixels: Uint8Array, start: number, end: number, counts: Uint32Array[]): number {
  const [red, green, blue] = counts as [Uint32Array, Uint32Array, Uint32Array];
  let sum = 0;
  for (let at = start; at < end; at += 3) {
    const [r, g, b] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
    red[r]!++;
    green[g]!++;
    blue[b]!++;
    sum += r + g + b;
  }
  return sum;
}

/** Adds `more` to `counts`. */
export function addCounts(counts: PixelCounts, more: PixelCounts): void {
  for (const [channel, values] of more.values.entries()) {
    const sums = counts.values[channel] as number[];
    for (const [value, count] of values.entries()) sums[value] = (sums[value] ?? 0) + count;
  }
  for (const [label, { sum, count }] of Object.entries(more.classes)) {
    const known = (counts.classes[label] ??= { sum: 0, count: 0 });
    known.sum += sum;
    known.count += count;
  }
}

type ChannelStatistics = ImageStatistics['channelStatistics'][number];

/** Mean, standard deviation (n − 1), bounds and a histogram of 32 bins of one channel, from the counts of its values. */
export function channelStatistics(counts: readonly number[]): ChannelStatistics {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = total === 0 ? 0 : counts.reduce((sum, count, value) => sum + count * value, 0) / total;
  const squares = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0);
  const width = VALUES / BINS;
  return {
    mean,
    standardDeviation: total < 2 ? 0 : Math.sqrt(squares / (total - 1)),
    minimum: Math.max(
      0,
      counts.findIndex((count) => count > 0),
    ),
    maximum: Math.max(
      0,
      counts.findLastIndex((count) => count > 0),
    ),
    histogram: {
      edges: Array.from({ length: BINS + 1 }, (_, bin) => bin * width),
      counts: Array.from({ length: BINS }, (_, bin) =>
        counts.slice(bin * width, (bin + 1) * width).reduce((sum, count) => sum + count, 0),
      ),
    },
  };
}

/** Mean brightness by class, 0 to 255. */
export function classBrightness(counts: PixelCounts): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts.classes).map(([label, { sum, count }]) => [label, count === 0 ? 0 : sum / count]),
  );
}
