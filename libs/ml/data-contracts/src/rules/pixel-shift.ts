import type { ImageStatistics } from '@modelyard/contracts';
import { measureShift } from '@modelyard/ml-statistics';
import type { Shift } from '@modelyard/ml-statistics';

interface Images {
  images: ImageStatistics;
  rows: number;
}

/**
 * How far the pixel values of two versions are apart, in the channel that has moved the most. Null where they have other
 * channels or bins. Pixels of one image are not independent: a sample is as large as it has images.
 */
export function pixelShift(from: Images, to: Images): Shift | null {
  const [a, b] = [from.images.channelStatistics, to.images.channelStatistics];
  if (a.length !== b.length) return null;
  let furthest: Shift | null = null;
  for (const [index, { histogram }] of a.entries()) {
    const other = b[index]?.histogram;
    if (!other || String(other.edges) !== String(histogram.edges)) return null;
    const shift = measureShift(histogram.counts, other.counts, { from: from.rows, to: to.rows });
    if (shift && (!furthest || shift.psi > furthest.psi)) furthest = shift;
  }
  return furthest;
}
