import type { Predictions } from './predictions';

/** `matrix[label][predicted]` counts rows. */
export function confusionMatrix({ labels, predicted, classes, rows }: Predictions): number[][] {
  const counts = new Float64Array(classes * classes);
  for (let row = 0; row < rows; row++) {
    const cell = (labels[row] as number) * classes + (predicted[row] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return Array.from({ length: classes }, (_, label) => [
    ...counts.subarray(label * classes, (label + 1) * classes),
  ]);
}
