import type { DatasetVersion, Recipe, ResolvedLayer } from '@modelyard/contracts';
import type { PackageParts } from '../build/package-parts';

const LAYERS: ResolvedLayer[] = [
  {
    ...{ name: 'hidden', inputs: ['input'], inputShapes: [[2]], outputShape: [3] },
    ...{ type: 'dense', units: 3, activation: 'relu', useBias: true, l2: 0.01 },
  },
  {
    ...{ name: 'normal', inputs: ['hidden'], inputShapes: [[3]], outputShape: [3] },
    ...{ type: 'batchNormalization', momentum: 0.9, epsilon: 0.001 },
  },
  {
    ...{ name: 'out', inputs: ['normal'], inputShapes: [[3]], outputShape: [2] },
    ...{ type: 'dense', units: 2, activation: 'softmax', useBias: true, l2: 0 },
  },
];

const RECIPE: Recipe = {
  apiVersion: 'modelyard/v1',
  name: 'fruit',
  description: 'Tells apples from pears.',
  experiment: 'fruit',
  dataset: { name: 'fruit', version: 3 },
  preprocessing: [
    { type: 'rescale', scale: 0.5, offset: 1 },
    { type: 'standardize', epsilon: 1e-7 },
  ],
  model: { type: 'network', layers: LAYERS },
  training: {
    ...{ epochs: 20, batchSize: 8, threads: 1, backend: 'auto', earlyStopping: { patience: 3, minDelta: 0 } },
    optimizer: { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  },
  evaluation: { split: 'test', calibrationBins: 15 },
  seed: 7,
};

const DATASET: DatasetVersion = {
  dataset: 'fruit',
  version: 3,
  digest: `sha256:${'ab'.repeat(32)}`,
  schema: {
    ...{ kind: 'table', shape: [2], dtype: 'float32', columns: ['weight', 'width'], target: 'kind' },
    ...{ classes: ['apple', 'pear'], minimum: 0, maximum: 300 },
  },
  rows: 40,
  classCounts: { apple: 30, pear: 10 },
  split: {
    ...{ method: 'stratified', seed: 11, fractions: { train: 0.5, validation: 0.25, test: 0.25 } },
    counts: { train: 20, validation: 10, test: 10 },
  },
  blob: { sha256: 'cd'.repeat(32), size: 400 },
  storedBytes: 4_000,
  warnings: [],
  quarantinedRows: 0,
  source: { description: 'Measured at a market.', licence: 'CC BY 4.0', url: 'https://example.org/fruit' },
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'admin',
};

/** The parts of a small package; the ONNX bytes and weights stand for themselves. */
export function exampleParts(changes: Partial<PackageParts> = {}): PackageParts {
  return {
    run: {
      id: '0f8fad5bd9cb469fa16570867728950e',
      createdAt: new Date('2026-01-31T12:30:45.123Z'),
      environment: { backend: 'tensorflow 2.9.1', node_version: 'v22.0.0' },
      epochsRun: 12,
    },
    producer: { name: 'modelyard', version: '0.1.0' },
    onnx: Buffer.from('onnx bytes'),
    onnxVersion: '1.12.0',
    signature: {
      inputs: [
        {
          name: 'input',
          dtype: 'float32',
          shape: [-1, 2],
          minimum: 0,
          maximum: 300,
          columns: ['weight', 'width'],
        },
      ],
      outputs: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 2] }],
      task: 'tabular-classification',
      classes: ['apple', 'pear'],
    },
    inputExample: { inputs: [[150, 7.5]], shape: [2], probabilities: [[0.9, 0.1]] },
    topology: { inputShape: [2], classes: 2, layers: LAYERS },
    weights: {
      bin: Buffer.from('weights'),
      manifest: [{ name: 'hidden/kernel', shape: [2, 3] }],
      digest: 'sha256:77',
    },
    preprocessing: { kind: 'affine', scale: [0.5, 0.5], offset: [1, 1] },
    recipe: RECIPE,
    dataset: DATASET,
    evaluation: {
      split: 'test',
      rows: 10,
      metrics: { accuracy: 0.9, f1_macro: 0.875, log_loss: 0.25, ece: 0.031_25, roc_auc_macro: Number.NaN },
      perClass: [
        { class: 'apple', precision: 1, recall: 0.875, f1: 0.933_333, support: 8 },
        { class: 'pear', precision: 0.666_667, recall: 1, f1: 0.8, support: 2 },
      ],
    },
    ...changes,
  };
}
