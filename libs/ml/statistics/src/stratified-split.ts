import { SeededGenerator } from './seeded-generator';
import { checkFractions, SPLITS } from './split-fractions';
import type { Split } from './split-fractions';

/**
 * Divides samples at random so that each class keeps its share in each split. The same labels, fractions and seed give
 * the same division everywhere.
 *
 * Each class gives each split its fraction rounded down or up, whichever keeps the split's total nearest to its own
 * fraction. Every split with a fraction above 0 gets at least one sample of each class; a class with too few samples for
 * that fills `train` first, then `test`, then `validation`.
 *
 * @param labels class of each sample
 * @param fractions of each split, from 0 to 1, adding up to 1; `train` above 0
 * @returns sample indices of each split, in random order; together every index exactly once
 * @throws RangeError when the fractions are wrong
 */
export function stratifiedSplit(
  labels: Int32Array | Uint8Array,
  fractions: Record<Split, number>,
  seed: number | string,
): Record<Split, Uint32Array> {
  checkFractions(fractions);
  const generator = new SeededGenerator(seed).fork('split');
  const chosen: Record<Split, number[]> = { train: [], test: [], validation: [] };
  const owed: Record<Split, number> = { train: 0, test: 0, validation: 0 };
  for (const [label, samples] of [...samplesByLabel(labels)].sort(([a], [b]) => a - b)) {
    const order = generator.fork(`class ${label}`).permutation(samples.length);
    const counts = allot(samples.length, fractions, owed);
    let next = 0;
    for (const split of SPLITS) {
      for (let i = 0; i < counts[split]; i++) chosen[split].push(samples[order[next++] as number] as number);
    }
  }
  return {
    train: shuffled(chosen.train, generator.fork('train')),
    validation: shuffled(chosen.validation, generator.fork('validation')),
    test: shuffled(chosen.test, generator.fork('test')),
  };
}

function samplesByLabel(labels: Int32Array | Uint8Array): Map<number, number[]> {
  const samples = new Map<number, number[]>();
  labels.forEach((label, index) => {
    const known = samples.get(label);
    if (known) known.push(index);
    else samples.set(label, [index]);
  });
  return samples;
}

/** How many of a class's samples go to each split. `owed` carries what rounding took from each split so far. */
function allot(
  size: number,
  fractions: Record<Split, number>,
  owed: Record<Split, number>,
): Record<Split, number> {
  const counts: Record<Split, number> = { train: 0, test: 0, validation: 0 };
  const used = SPLITS.filter((split) => fractions[split] > 0);
  let left = size;
  for (const split of used) {
    // The small number forgives 0.1 · 30 = 3.0000000000000004 and 0.7 · 10 = 6.999….
    counts[split] = Math.min(left, Math.max(1, Math.floor(size * fractions[split] + 1e-9)));
    left -= counts[split];
  }
  if (left === 0) giveEachOne(size, used, counts);
  for (const split of used) owed[split] += size * fractions[split] - counts[split];
  const byNeed = used.filter((split) => size * fractions[split] - counts[split] > 1e-9);
  byNeed.sort((a, b) => owed[b] - owed[a]);
  for (const split of byNeed.slice(0, left)) {
    counts[split] += 1;
    owed[split] -= 1;
  }
  return counts;
}

/** Takes from the largest split, which is filled first, what a later one lacks. */
function giveEachOne(size: number, used: Split[], counts: Record<Split, number>): void {
  for (const split of used.slice(0, size)) {
    if (counts[split] > 0) continue;
    const donor = used.reduce((most, other) => (counts[other] > counts[most] ? other : most));
    counts[donor] -= 1;
    counts[split] += 1;
  }
}

function shuffled(samples: number[], generator: SeededGenerator): Uint32Array {
  return generator.permutation(samples.length).map((position) => samples[position] as number);
}
