import { SeededGenerator } from '@modelyard/ml-statistics';
import type { Samples } from '../training/samples';

/** Samples around one centre per class: easy to learn, and the same for the same seed. */
export function samplesOf(rows: number, shape: number[], classes: number, seed = 'samples'): Samples {
  const size = shape.reduce((product, length) => product * length, 1);
  const generator = new SeededGenerator(seed);
  const centres = new SeededGenerator('centres');
  const centre = Float32Array.from({ length: classes * size }, () => 2 * centres.next() - 1);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes);
  const values = new Float32Array(rows * size);
  labels.forEach((label, row) => {
    for (let index = 0; index < size; index++) {
      values[row * size + index] = (centre[label * size + index] as number) + 0.5 * generator.normal();
    }
  });
  return { values, labels };
}
