import type { Predictions } from './predictions';

/** The rows whose confidence lies in (from, to]. Means are 0 where there are none. */
export interface CalibrationBin {
  from: number;
  to: number;
  count: number;
  /** Mean probability of the predicted class. */
  confidence: number;
  /** Share of right predictions. */
  accuracy: number;
}

export interface Calibration {
  /** Expected calibration error: Σ count / rows · |accuracy − confidence| over the bins; 0 is perfect. */
  ece: number;
  bins: CalibrationBin[];
}

/**
 * Whether predictions are as often right as they say: bins of equal width over the confidence.
 * Source: Guo et al., On Calibration of Modern Neural Networks, 2017, equation 3.
 *
 * @throws RangeError unless `binCount` is a whole number above 0
 */
export function calibration(predictions: Predictions, binCount: number): Calibration {
  if (!Number.isInteger(binCount) || binCount < 1) throw new RangeError(`${binCount} is no number of bins`);
  const { probabilities, labels, predicted, classes, rows } = predictions;
  const counts = new Float64Array(binCount);
  const confidences = new Float64Array(binCount);
  const rights = new Float64Array(binCount);
  for (let row = 0; row < rows; row++) {
    const label = predicted[row] as number;
    const confidence = probabilities[row * classes + label] as number;
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
    counts[bin] = (counts[bin] as number) + 1;
    confidences[bin] = (confidences[bin] as number) + confidence;
    if (labels[row] === label) rights[bin] = (rights[bin] as number) + 1;
  }
  const bins = Array.from(counts, (count, bin) => ({
    from: bin / binCount,
    to: (bin + 1) / binCount,
    count,
    confidence: count === 0 ? 0 : (confidences[bin] as number) / count,
    accuracy: count === 0 ? 0 : (rights[bin] as number) / count,
  }));
  const ece = bins.reduce(
    (sum, bin) => sum + (bin.count / rows) * Math.abs(bin.accuracy - bin.confidence),
    0,
  );
  return { ece, bins };
}
