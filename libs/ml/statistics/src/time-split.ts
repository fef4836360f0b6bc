import { checkFractions } from './split-fractions';
import type { SplitFractions } from './split-fractions';

/**
 * Where samples in the order of their time are divided: the oldest are for training, the newest for the test, so that a
 * model is measured on what came after all that it learnt. Samples of one time stay together, in the earlier split.
 *
 * @param countsByTime how many samples each time has, from the oldest to the newest
 * @param fractions of each split, from 0 to 1, adding up to 1; `train` above 0
 * @returns how many of the times are for training, and how many for training and validation together
 * @throws RangeError when the fractions are wrong
 */
export function timeBoundaries(
  countsByTime: ArrayLike<number>,
  fractions: SplitFractions,
): { train: number; validation: number } {
  checkFractions(fractions);
  let rows = 0;
  for (let i = 0; i < countsByTime.length; i++) rows += countsByTime[i] as number;
  const train = timesFor(countsByTime, Math.round(rows * fractions.train));
  const validation = timesFor(countsByTime, Math.round(rows * (fractions.train + fractions.validation)));
  return { train, validation: Math.max(train, validation) };
}

/** The fewest times, from the first, that have so many samples. */
function timesFor(countsByTime: ArrayLike<number>, rows: number): number {
  let reached = 0;
  for (let i = 0; i < countsByTime.length; i++) {
    if (reached >= rows) return i;
    reached += countsByTime[i] as number;
  }
  return countsByTime.length;
}
