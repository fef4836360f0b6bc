import type { Predictions } from './predictions';

/** The step of float32 at 1. As scikit-learn does for float32, it keeps a loss finite. */
const EPSILON = 2 ** -23;

/** Mean of −ln p over the rows, p the probability of the row's label, kept within [2⁻²³, 1 − 2⁻²³]. In nats. */
export function logLoss({ probabilities, labels, classes, rows }: Predictions): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const probability = probabilities[row * classes + (labels[row] as number)] as number;
    sum -= Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
  }
  return sum / rows;
}
