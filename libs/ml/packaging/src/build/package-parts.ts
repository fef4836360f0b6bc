import type {
  DatasetVersion,
  FittedPreprocessing,
  InputExample,
  LayersTopology,
  Recipe,
  Signature,
} from '@modelyard/contracts';

/** Everything that a package is made of. Equal parts give equal packages: the time comes in with them. */
export interface PackageParts {
  run: PackagedRun;
  /** Who writes the package: `{ name: 'modelyard', version: '0.1.0' }`. */
  producer: { name: string; version: string };
  onnx: Buffer;
  /** The ONNX release whose operator set the model uses: `ONNX_RELEASE` of ml-onnx. */
  onnxVersion: string;
  signature: Signature;
  inputExample: InputExample;
  topology: LayersTopology;
  /** The trained weights in the training framework's layout; `manifest` says what lies where, and is written as JSON. */
  weights: { bin: Buffer; manifest: unknown; digest: string };
  preprocessing: FittedPreprocessing;
  recipe: Recipe;
  dataset: DatasetVersion;
  evaluation: EvaluationReport;
}

export interface PackagedRun {
  id: string;
  /** When the model was made. */
  createdAt: Date;
  /** What it was computed on and with: backend, versions, CPU, threads. */
  environment: Record<string, string>;
  epochsRun: number;
}

/** The measurements on held-out samples. The whole object becomes `evaluation.json`; the card shows these fields. */
export interface EvaluationReport {
  split: 'validation' | 'test';
  /** How many samples were measured. */
  rows: number;
  /** `accuracy`, `f1_macro`, `log_loss`, `ece` …; one that isn't finite is left out of the card. */
  metrics: Record<string, number>;
  perClass: ClassReport[];
}

export interface ClassReport {
  class: string;
  precision: number;
  recall: number;
  f1: number;
  /** How many of the samples are of this class. */
  support: number;
}
