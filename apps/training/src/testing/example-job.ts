import type { DatasetVersion, Recipe, StartTrainingResponse, SucceedTraining } from '@modelyard/contracts';

/** Logistic regression on iris: a fraction of a second of training. */
export const IRIS_RECIPE: Recipe = {
  apiVersion: 'modelyard/v1',
  name: 'iris-logistic',
  description: '',
  experiment: 'iris',
  dataset: { name: 'iris', version: 1 },
  preprocessing: [{ type: 'standardize', epsilon: 1e-6 }],
  model: {
    type: 'network',
    layers: [
      {
        type: 'dense',
        name: 'classifier',
        inputs: ['input'],
        units: 'classes',
        activation: 'softmax',
        useBias: true,
        l2: 0,
      },
    ],
  },
  training: {
    epochs: 40,
    batchSize: 16,
    optimizer: { type: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    threads: 1,
    backend: 'wasm',
  },
  evaluation: { split: 'test', calibrationBins: 10 },
  register: { model: 'iris', minimum: { accuracy: 0.9 }, stage: 'None' },
  seed: 7,
};

export const IRIS_VERSION: DatasetVersion = {
  dataset: 'iris',
  version: 1,
  digest: 'sha256:00',
  schema: {
    kind: 'table',
    shape: [4],
    dtype: 'float32',
    columns: ['sepal length', 'sepal width', 'petal length', 'petal width'],
    target: 'species',
    classes: ['setosa', 'versicolor', 'virginica'],
    minimum: 0,
    maximum: 8,
  },
  rows: 150,
  classCounts: { setosa: 50, versicolor: 50, virginica: 50 },
  split: {
    method: 'stratified',
    seed: 1,
    fractions: { train: 0.6, validation: 0.2, test: 0.2 },
    counts: { train: 90, validation: 30, test: 30 },
  },
  blob: { sha256: '00', size: 0 },
  storedBytes: 0,
  warnings: [],
  quarantinedRows: 0,
  source: { description: '', licence: 'CC BY 4.0' },
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'test',
};

export function startOf(
  change: { recipe?: Recipe; datasetVersion?: DatasetVersion } & Partial<
    Pick<StartTrainingResponse, 'decision' | 'checkpoint'>
  > = {},
): StartTrainingResponse {
  const { recipe = IRIS_RECIPE, datasetVersion = IRIS_VERSION, ...rest } = change;
  return {
    decision: 'run',
    datasetVersion,
    job: {
      id: 'job-1',
      status: 'running',
      recipe,
      dataset: { name: 'iris', version: 1, digest: datasetVersion.digest },
      attempt: 1,
      cancelRequested: false,
      createdAt: '2026-01-01T00:00:00.000Z',
      createdBy: 'test',
    },
    ...rest,
  };
}

export const RESULT: SucceedTraining = {
  metrics: { test_accuracy: 1 },
  weightsDigest: 'sha256:11',
  backend: 'wasm',
  artifacts: [],
};
