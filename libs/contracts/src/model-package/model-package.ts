/**
 * The files of a model package: a folder in MLflow's model layout. Paths are relative, with forward slashes.
 * `MLmodel` and `model.onnx` are always there.
 */
export const PACKAGE_PATHS = {
  mlmodel: 'MLmodel',
  onnx: 'model.onnx',
  signature: 'signature.json',
  inputExample: 'input_example.json',
  topology: 'training/topology.json',
  weights: 'training/weights.bin',
  weightsManifest: 'training/weights.json',
  recipe: 'recipe.json',
  evaluation: 'evaluation.json',
  modelCard: 'README.md',
} as const;

/** The names of the graph's input and outputs in every model that we export. */
export const ONNX_NAMES = { input: 'input', probabilities: 'probabilities' } as const;

/** The largest absolute difference of probabilities between the trained and the exported model (float32). */
export const PARITY_TOLERANCE = 1e-5;

/** A few held-out samples with the answers that the trained model gave; the server checks them when it loads the package. */
export interface InputExample {
  inputs: number[][];
  /** Shape of one sample, without the batch. */
  shape: number[];
  probabilities: number[][];
}
