/** Probabilities with their labels, checked, and what is predicted for each sample. */
export interface Predictions {
  /** rows × classes. */
  probabilities: Float32Array;
  labels: Int32Array;
  classes: number;
  rows: number;
  /** The class of each row's largest probability; the first one of equals. */
  predicted: Int32Array;
}

/**
 * @throws RangeError when sizes do not agree, there are no rows, a label is no class, or a probability is not from 0 to 1
 */
export function predictionsOf(probabilities: Float32Array, labels: Int32Array, classes: number): Predictions {
  const rows = labels.length;
  if (rows === 0) throw new RangeError('There is nothing to evaluate: no rows');
  if (probabilities.length !== rows * classes) {
    throw new RangeError(
      `${rows} rows of ${classes} classes make ${rows * classes} probabilities, not ${probabilities.length}`,
    );
  }
  const predicted = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    if (label < 0 || label >= classes)
      throw new RangeError(`Row ${row} has label ${label} among ${classes} classes`);
    predicted[row] = likeliest(probabilities, row, classes);
  }
  return { probabilities, labels, classes, rows, predicted };
}

/** Softmax in float32 may give a little more than 1. */
const MOST = 1 + 1e-5;

function likeliest(probabilities: Float32Array, row: number, classes: number): number {
  let best = 0;
  let bestProbability = -1;
  for (let index = 0; index < classes; index++) {
    const probability = probabilities[row * classes + index] as number;
    if (!(probability >= 0 && probability <= MOST)) {
      throw new RangeError(`Row ${row} has the probability ${probability} for class ${index}`);
    }
    if (probability > bestProbability) {
      best = index;
      bestProbability = probability;
    }
  }
  return best;
}
