import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { InputExample, Recipe, Signature } from '@modelyard/contracts';
import type { Evaluation } from '@modelyard/ml-evaluation';
import { encodeWeights } from '@modelyard/ml-networks';
import { buildPackage } from '@modelyard/ml-packaging';
import type { TrainedParts } from './finish-training';
import type { Samples } from './load-splits';
import { PRODUCER } from './producer';

const EXAMPLES = 5;

export interface PackParts extends TrainedParts {
  heldOut: Samples;
  probabilities: Float32Array;
  evaluation: Evaluation;
  metrics: Record<string, number>;
  signature: Signature;
  onnx: Buffer;
}

/** All files of the model package. */
export function packFiles(parts: PackParts): ReadonlyMap<string, Buffer> {
  throw new Error('todo');
}

/** What a person looks at on the run's page. */
export function reportFiles(recipe: Recipe, evaluation: Evaluation): ReadonlyMap<string, Buffer> {
  return new Map([
    ['recipe.json', json(recipe)],
    ['evaluation.json', json(evaluation)],
    ['confusion_matrix.json', json({ matrix: evaluation.confusionMatrix })],
  ]);
}

/** The first few held-out samples with the answers of the trained network. */
export function inputExampleOf(heldOut: Samples, probabilities: Float32Array, shape: number[]): InputExample {
  const rows = heldOut.labels.length;
  const kept = Math.min(EXAMPLES, rows);
  const rowsOf = (values: Float32Array): number[][] => {
    const size = values.length / rows;
    return Array.from({ length: kept }, (_, row) =>
      Array.from(values.subarray(row * size, (row + 1) * size)),
    );
  };
  return { inputs: rowsOf(heldOut.raw), shape, probabilities: rowsOf(probabilities) };
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
}
