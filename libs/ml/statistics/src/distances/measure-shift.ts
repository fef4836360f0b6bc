import { chanceLevel } from './chance-level';
import { jensenShannonDistance } from './jensen-shannon';
import { populationStability } from './population-stability';
import { sumOf } from './shares';

/** How far one set of rows is from another, in one column. */
export interface Shift {
  psi: number;
  jensenShannon: number;
  /** What two samples of these sizes differ by for no reason: see `chanceLevel`. */
  chance: { psi: number; jensenShannon: number };
}

/**
 * Measures how far two histograms over the same bins are apart.
 * @param from counts by bin
 * @param to counts by the same bins
 * @param sizes of the samples, where the counts are not of independent things (pixels of images); default the counts' sums
 * @returns null when one of the two has no rows
 * @throws RangeError when the two have not the same number of bins
 */
export function measureShift(
  from: readonly number[],
  to: readonly number[],
  sizes: { from: number; to: number } = { from: sumOf(from), to: sumOf(to) },
): Shift | null {
  const psi = populationStability(from, to);
  const jensenShannon = jensenShannonDistance(from, to);
  if (psi === null || jensenShannon === null) return null;
  const used = from.filter((count, index) => count > 0 || (to[index] as number) > 0).length;
  const chance = chanceLevel(used, sizes.from, sizes.to);
  return {
    psi,
    jensenShannon,
    chance: { psi: chance.populationStability, jensenShannon: chance.jensenShannon },
  };
}
