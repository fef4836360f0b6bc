import { PARITY_TOLERANCE } from '@modelyard/contracts';
import type { SucceedTraining } from '@modelyard/contracts';
import { evaluate, scalarMetrics } from '@modelyard/ml-evaluation';
import type { BackendInfo, TrainedNetwork } from '@modelyard/ml-networks';
import { exportNetwork } from '@modelyard/ml-onnx';
import { signatureFor } from '@modelyard/ml-signature';
import type { TrainerAssignment } from '../trainer-protocol';
import { refusalOf } from './gate';
import type { Splits } from './load-splits';
import { packFiles, reportFiles } from './pack-files';
import { PRODUCER } from './producer';
import type { TrainerParts } from './run-training';
import { artifactsOf, storeFiles } from './store-files';
import { TrainingFailure } from './training-failure';

/** Compares an exported model with the probabilities that the trained one gave: the largest absolute difference. */
export type ParityCheck = (
  onnx: Buffer,
  values: Float32Array | Uint8Array,
  shape: number[],
  expected: Float32Array,
) => Promise<number>;

export interface TrainedParts {
  assignment: TrainerAssignment;
  backend: BackendInfo;
  splits: Splits;
  network: TrainedNetwork;
  parts: TrainerParts;
}

/**
 * Measures a trained network on the held-out split, exports and packs it, and stores all that is to be kept.
 * @throws TrainingFailure when the exported model does not answer as the trained one
 */
export async function finishTraining(trained: TrainedParts): Promise<SucceedTraining> {
  const { assignment, splits, network, parts } = trained;
  const { recipe, datasetVersion } = assignment;
  const { schema } = datasetVersion;
  const heldOut = splits.samples[recipe.evaluation.split];
  const { say } = parts;

  say({ type: 'phase', phase: 'evaluating' });
  const probabilities = await network.predict(heldOut, heldOut.labels.length);
  const evaluation = evaluate(probabilities, heldOut.labels, schema.classes, {
    calibrationBins: recipe.evaluation.calibrationBins,
  });
  const metrics = scalarMetrics(evaluation);

  say({ type: 'phase', phase: 'exporting' });
  const signature = signatureFor(schema);
  const onnx = exportNetwork({
    topology: network.topology,
    weights: network.weights,
    preprocessing: splits.preprocessing,
    signature,
    producer: PRODUCER,
  });

  say({ type: 'phase', phase: 'checking' });
  const difference = await parts.parity(onnx, heldOut.raw, schema.shape, probabilities);
  if (!(difference <= PARITY_TOLERANCE)) {
    throw new TrainingFailure(
      `The exported ONNX model does not answer as the trained one: on the ${recipe.evaluation.split} split the ` +
        `largest difference of a probability is ${difference}, and at most ${PARITY_TOLERANCE} is allowed. ` +
        'Nothing was registered.',
    );
  }

  say({ type: 'phase', phase: 'storing' });
  const measured = { ...trained, heldOut, probabilities, evaluation, signature, onnx };
  const packed = await storeFiles(parts.blobs, packFiles(measured, parts.now()));
  const reports = await storeFiles(parts.blobs, reportFiles(measured));
  const refusal = refusalOf(metrics, recipe.register?.minimum ?? {}, recipe.evaluation.split);
  return {
    metrics: { ...prefixed(recipe.evaluation.split, metrics), onnx_max_difference: difference },
    weightsDigest: network.weightsDigest,
    backend: trained.backend.name,
    artifacts: [...artifactsOf(reports), ...artifactsOf(packed, 'model/')],
    ...(recipe.register !== undefined && refusal === undefined
      ? {
          register: {
            model: recipe.register.model,
            stage: recipe.register.stage,
            signature,
            package: packed,
          },
        }
      : {}),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

function prefixed(split: string, metrics: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [`${split}_${name}`, value]));
}
