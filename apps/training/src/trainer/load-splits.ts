import { decodeDataset, gather, splitIndices } from '@modelyard/ml-datasets';
import { applyPreprocessing, fitPreprocessing } from '@modelyard/ml-preprocessing';
import type { DatasetVersion, FittedPreprocessing, PreprocessingStep } from '@modelyard/contracts';
import type { BlobStore } from '@modelyard/platform-blobs';

export interface Samples {
  /** As the network takes them. */
  values: Float32Array;
  labels: Int32Array;
}

export interface HeldOutSamples extends Samples {
  /** As users send them. */
  raw: Float32Array;
}

export interface Splits {
  samples: { train: Samples; validation: HeldOutSamples; test: HeldOutSamples };
  preprocessing: FittedPreprocessing;
}

/**
 * Reads a dataset version and divides it as the version says. Preprocessing is fitted on the training split alone:
 * anything learnt from the other splits would make their measurements too good.
 */
export async function loadSplits(
  blobs: Pick<BlobStore, 'read'>,
  version: DatasetVersion,
  steps: PreprocessingStep[],
): Promise<Splits> {
  const dataset = decodeDataset(await blobs.read(version.blob.sha256, version.blob.size));
  const { shape } = dataset.schema;
  const indices = splitIndices(dataset, version.split);
  const train = gather(dataset, indices.train);
  const preprocessing = fitPreprocessing(steps, train.values, shape);
  const prepare = ({ values, labels }: Samples): Samples => ({
    values: applyPreprocessing(preprocessing, values, shape),
    labels,
  });
  const heldOut = (rows: Uint32Array): HeldOutSamples => {
    const gathered = gather(dataset, rows);
    return { ...prepare(gathered), raw: gathered.values };
  };
  return {
    preprocessing,
    samples: {
      train: prepare(train),
      validation: heldOut(indices.validation),
      test: heldOut(indices.test),
    },
  };
}
