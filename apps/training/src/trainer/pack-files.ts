import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { InputExample, Signature } from '@modelyard/contracts';
import { scalarMetrics } from '@modelyard/ml-evaluation';
import type { Evaluation } from '@modelyard/ml-evaluation';
import { encodeWeights } from '@modelyard/ml-networks';
import { ONNX_RELEASE } from '@modelyard/ml-onnx';
import { buildPackage } from '@modelyard/ml-packaging';
import type { EvaluationReport } from '@modelyard/ml-packaging';
import { describeMachine } from './describe-machine';
import type { TrainedParts } from './finish-training';
import type { HeldOutSamples } from './load-splits';
import { PRODUCER } from './producer';

const EXAMPLES = 5;

export interface MeasuredParts extends TrainedParts {
  heldOut: HeldOutSamples;
  /** Of the held-out samples. */
  probabilities: Float32Array;
  evaluation: Evaluation;
  signature: Signature;
  onnx: Buffer;
}

/** All files of the model package. */
export function packFiles(parts: MeasuredParts, now: Date): ReadonlyMap<string, Buffer> {
  const { assignment, network, splits, heldOut, signature, onnx } = parts;
  const { recipe, datasetVersion } = assignment;
  return buildPackage({
    run: {
      id: assignment.trainingJobId,
      createdAt: now,
      environment: describeMachine(parts.backend),
      epochsRun: network.epochsRun,
    },
    producer: PRODUCER,
    onnx,
    onnxVersion: ONNX_RELEASE,
    signature,
    inputExample: inputExampleOf(heldOut, parts.probabilities, datasetVersion.schema.shape),
    topology: network.topology,
    weights: { ...encodeWeights(network.weights), digest: network.weightsDigest },
    preprocessing: splits.preprocessing,
    recipe,
    dataset: datasetVersion,
    evaluation: evaluationReportOf(parts),
  });
}

/** What a person looks at first on the run's page. */
export function reportFiles(parts: MeasuredParts): ReadonlyMap<string, Buffer> {
  const { confusionMatrix } = parts.evaluation;
  return new Map([
    [PACKAGE_PATHS.recipe, json(parts.assignment.recipe)],
    [PACKAGE_PATHS.evaluation, json(evaluationReportOf(parts))],
    ['confusion_matrix.json', json({ classes: parts.signature.classes, matrix: confusionMatrix })],
  ]);
}

function evaluationReportOf({ assignment, evaluation }: MeasuredParts): EvaluationReport {
  const { classes, ...details } = evaluation;
  return {
    split: assignment.recipe.evaluation.split,
    metrics: scalarMetrics(evaluation),
    perClass: classes,
    ...details,
  };
}

/** The first few held-out samples, as users send them, with the answers of the trained network. */
export function inputExampleOf(
  heldOut: HeldOutSamples,
  probabilities: Float32Array,
  shape: number[],
): InputExample {
  const rows = heldOut.labels.length;
  const firstOf = (values: Float32Array | Uint8Array): number[][] => {
    const size = values.length / rows;
    return Array.from({ length: Math.min(EXAMPLES, rows) }, (_, row) =>
      Array.from(values.subarray(row * size, (row + 1) * size)),
    );
  };
  return { inputs: firstOf(heldOut.raw), shape, probabilities: firstOf(probabilities) };
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
}
