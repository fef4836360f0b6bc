import type { Predictions } from './predictions';

/** One class against all others, for each class. */
export interface RocAuc {
  /** In class order; undefined where all rows are of the class, or none is. */
  perClass: (number | undefined)[];
  /** The plain mean of those that are defined; absent when none is. */
  macro?: number;
}

/**
 * Area under the ROC curve: the probability that a row of the class gets a larger probability for it than a row of another
 * class, ties counting half (the Mann–Whitney U statistic over the number of pairs).
 */
export function rocAuc(predictions: Predictions): RocAuc {
  const perClass = Array.from({ length: predictions.classes }, (_, index) => aucOfClass(predictions, index));
  const defined = perClass.filter((auc) => auc !== undefined);
  if (defined.length === 0) return { perClass };
  return { perClass, macro: defined.reduce((sum, auc) => sum + auc, 0) / defined.length };
}

function aucOfClass(
  { probabilities, labels, classes, rows }: Predictions,
  index: number,
): number | undefined {
  const positive = labels.reduce((count, label) => count + (label === index ? 1 : 0), 0);
  if (positive === 0 || positive === rows) return undefined;
  // Two sorted arrays of plain numbers: typed arrays sort without a comparison function, several times as fast.
  const inClass = new Float32Array(positive);
  const others = new Float32Array(rows - positive);
  let nextIn = 0;
  let nextOther = 0;
  for (let row = 0; row < rows; row++) {
    const probability = probabilities[row * classes + index] as number;
    if (labels[row] === index) inClass[nextIn++] = probability;
    else others[nextOther++] = probability;
  }
  return pairsInOrder(inClass.sort(), others.sort()) / (inClass.length * others.length);
}

/** Pairs of an upper and a lower value in which the upper is larger; equal ones count half. Both are sorted. */
function pairsInOrder(upper: Float32Array, lower: Float32Array): number {
  let below = 0;
  let belowOrEqual = 0;
  let pairs = 0;
  for (const value of upper) {
    while (below < lower.length && (lower[below] as number) < value) below += 1;
    while (belowOrEqual < lower.length && (lower[belowOrEqual] as number) <= value) belowOrEqual += 1;
    pairs += (below + belowOrEqual) / 2;
  }
  return pairs;
}
