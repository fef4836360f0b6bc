/** In the order in which samples that are too few for all splits fill them: first learn, then measure. */
export const SPLITS = ['train', 'test', 'validation'] as const;
export type Split = (typeof SPLITS)[number];
export type SplitFractions = Record<Split, number>;

/** @throws RangeError unless the fractions are from 0 to 1, add up to 1, and leave something to train on */
export function checkFractions(fractions: SplitFractions): void {
  for (const split of SPLITS) {
    const fraction = fractions[split];
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new RangeError(`The fraction of ${split} must be from 0 to 1, not ${fraction}`);
    }
  }
  const sum = fractions.train + fractions.validation + fractions.test;
  if (Math.abs(sum - 1) > 1e-6) throw new RangeError(`The fractions must add up to 1, not ${sum}`);
  if (fractions.train === 0) throw new RangeError('The fraction of train must be above 0');
}
