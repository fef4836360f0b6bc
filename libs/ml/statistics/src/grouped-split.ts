import { SeededGenerator } from './seeded-generator';
import { checkFractions, SPLITS } from './split-fractions';
import type { Split, SplitFractions } from './split-fractions';

export interface SampleGroup {
  /** What its samples have in common; no two groups have the same. */
  key: string;
  /** How many samples of each class it has. */
  counts: readonly number[];
}

/**
 * Divides samples so that those of one group stay together, while each split gets about its fraction of each class: groups
 * go one after the other, the large ones first and those of one size in random order, to the split that then differs least
 * from what it should have (as scikit-learn's StratifiedGroupKFold does with folds). The order of `groups` makes no
 * difference.
 *
 * @param fractions of each split, from 0 to 1, adding up to 1; `train` above 0
 * @param begun what the splits hold already, by class, when samples are added to others
 * @returns the split of each group
 * @throws RangeError when the fractions are wrong
 */
export function groupedSplit(
  groups: readonly SampleGroup[],
  fractions: SplitFractions,
  seed: number | string,
  begun?: Record<Split, readonly number[]>,
): Split[] {
  checkFractions(fractions);
  const order = inOrder(groups, seed);
  const classes = Math.max(0, ...groups.map(({ counts }) => counts.length));
  const held = Object.fromEntries(
    SPLITS.map((split) => [split, Float64Array.from({ length: classes }, (_, c) => begun?.[split][c] ?? 0)]),
  ) as Record<Split, Float64Array>;
  const totals = Float64Array.from({ length: classes }, (_, c) =>
    SPLITS.reduce((sum, split) => sum + (held[split][c] as number), 0),
  );
  for (const { counts } of groups) counts.forEach((count, c) => ((totals[c] as number) += count));
  const used = SPLITS.filter((split) => fractions[split] > 0);
  const chosen = new Array<Split>(groups.length);
  for (const index of order) {
    const { counts } = groups[index] as SampleGroup;
    let best: Split = 'train';
    let least = Infinity;
    for (const split of used) {
      const change = changeOfError(counts, held[split], totals, fractions[split]);
      if (change < least - 1e-12) [best, least] = [split, change];
    }
    counts.forEach((count, c) => ((held[best][c] as number) += count));
    chosen[index] = best;
  }
  return chosen;
}

/** Large groups first: they are the hardest to place. */
function inOrder(groups: readonly SampleGroup[], seed: number | string): number[] {
  const sizes = groups.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  const byKey = groups.map((_, index) => index);
  byKey.sort((a, b) => ((groups[a] as SampleGroup).key < (groups[b] as SampleGroup).key ? -1 : 1));
  const place = new Float64Array(groups.length);
  const random = new SeededGenerator(seed).fork('groups').permutation(groups.length);
  byKey.forEach((index, i) => (place[index] = random[i] as number));
  return byKey.sort(
    (a, b) => (sizes[b] as number) - (sizes[a] as number) || (place[a] as number) - (place[b] as number),
  );
}

/** By how much the squared, relative errors of a split grow (above 0) when it gets these samples. */
function changeOfError(
  counts: readonly number[],
  held: Float64Array,
  totals: Float64Array,
  fraction: number,
): number {
  let change = 0;
  counts.forEach((count, c) => {
    if (count === 0) return;
    const wanted = fraction * (totals[c] as number);
    const before = (held[c] as number) - wanted;
    // Relative to what the split should have, or a small split would never be worth filling.
    change += ((before + count) ** 2 - before ** 2) / (wanted * (totals[c] as number));
  });
  return change;
}
