import type { DatasetVersion, FittedPreprocessing, PreprocessingStep } from '@modelyard/contracts';
import { DatasetError, loadSamples, openVersion } from '@modelyard/ml-datasets';
import type { ContentStore, LoadedSamples } from '@modelyard/ml-datasets';
import type { Samples } from '@modelyard/ml-networks';
import { applyPreprocessing, fitPreprocessing } from '@modelyard/ml-preprocessing';
import { TrainingFailure } from './training-failure';

export interface HeldOutSamples extends Samples {
  /** As users send them. */
  raw: Float32Array | Uint8Array;
}

export interface Splits {
  samples: { train: Samples; validation: HeldOutSamples; test: HeldOutSamples };
  preprocessing: FittedPreprocessing;
}

/** How many values a byte has. */
const BYTE_VALUES = 256;

/**
 * Reads a dataset version, divided as the version says. Preprocessing is fitted on the training split alone: anything
 * learnt from the other splits would make their measurements too good. Images stay bytes in memory.
 *
 * @throws TrainingFailure when the version cannot be trained on: features without values, none that are numbers, or a
 *   split without samples
 */
export async function loadSplits(
  store: ContentStore,
  { blob, schema, ...dataset }: Pick<DatasetVersion, 'blob' | 'schema' | 'dataset' | 'version'>,
  steps: PreprocessingStep[],
): Promise<Splits> {
  const { train, validation, test } = await loadSamples(await openVersion(store, blob)).catch(
    (error: unknown) => {
      throw error instanceof DatasetError ? new TrainingFailure(error.message) : error;
    },
  );
  for (const [name, { labels }] of Object.entries({ train, validation, test })) {
    if (labels.length > 0) continue;
    throw new TrainingFailure(
      `Version ${dataset.version} of ${dataset.dataset} has no samples in its ${name} split. Derive a version with another division of its samples.`,
    );
  }
  const preprocessing = fitPreprocessing(steps, train.values, schema.shape);
  const prepare = preparing(preprocessing, schema.shape);
  const heldOut = (samples: LoadedSamples): HeldOutSamples => ({
    ...prepare(samples),
    raw: samples.values,
  });
  return {
    preprocessing,
    samples: { train: prepare(train), validation: heldOut(validation), test: heldOut(test) },
  };
}

/** @throws TrainingFailure when a table has no feature that is a number */
export function requireFeatures({ schema, dataset, version }: DatasetVersion): void {
  if (!schema.shape.includes(0)) return;
  throw new TrainingFailure(
    `No feature of version ${version} of ${dataset} is a number, so a network has nothing to learn from. Import it with the types that its columns should have.`,
  );
}

function preparing(preprocessing: FittedPreprocessing, shape: number[]): (samples: LoadedSamples) => Samples {
  const lookup = lookupOf(preprocessing, shape.at(-1) ?? 0);
  return ({ values, labels }) =>
    values instanceof Uint8Array
      ? { values, labels, lookup }
      : { values: applyPreprocessing(preprocessing, values, shape), labels };
}

/** What each byte of each channel becomes. */
function lookupOf(preprocessing: FittedPreprocessing, channels: number): Float32Array {
  const bytes = Float32Array.from({ length: channels * BYTE_VALUES }, (_, i) => Math.floor(i / channels));
  const prepared = applyPreprocessing(preprocessing, bytes, [channels]);
  return prepared.map(
    (_, i) => prepared[(i % BYTE_VALUES) * channels + Math.floor(i / BYTE_VALUES)] as number,
  );
}
