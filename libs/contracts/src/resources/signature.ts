export const DTYPES = [
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
  'string',
] as const;
export type DType = (typeof DTYPES)[number];

/** One input or output. `shape[0]` is −1, the batch; other −1 are variable dimensions. */
export interface TensorSpec {
  name: string;
  dtype: DType;
  shape: number[];
  /** Inclusive bounds of the values, where the model was trained on bounded ones (pixels: 0 to 255). */
  minimum?: number;
  maximum?: number;
  /** For table models: the name of each column of the last dimension, in order. */
  columns?: string[];
}

/** What a model takes and gives. Classes are in the order of the probabilities. */
export interface Signature {
  inputs: TensorSpec[];
  outputs: TensorSpec[];
  task: 'image-classification' | 'tabular-classification';
  classes: string[];
}
