/** The whole description of a training. `ml/recipes` reads it from YAML or JSON, checks it and fills its defaults. */
export interface Recipe {
  apiVersion: 'modelyard/v1';
  name: string;
  description: string;
  /** The experiment that the run goes into. */
  experiment: string;
  dataset: { name: string; version: number | 'latest' };
  preprocessing: PreprocessingStep[];
  model: NetworkModel;
  training: TrainingOptions;
  evaluation: EvaluationOptions;
  register?: RegisterOptions;
  seed: number;
}

/** Applied in order, inside the exported graph too. `standardize` is fitted on the training split. */
export type PreprocessingStep =
  { type: 'rescale'; scale: number; offset: number } | { type: 'standardize'; epsilon: number };

export interface NetworkModel {
  type: 'network';
  /** In order; a layer without `inputs` takes the one before it. The last gives the logits or probabilities of the classes. */
  layers: LayerSpec[];
}

export const ACTIVATIONS = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'hardSigmoid',
  'softplus',
  'softsign',
  'tanh',
  'softmax',
  'logSoftmax',
  'swish',
  'mish',
  'gelu',
  'gelu_new',
] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export interface LayerBase {
  /** Unique in the recipe; filled with `<type>_<index>` when absent. */
  name: string;
  /** Names of earlier layers, or `input`. */
  inputs: string[];
}

export type Padding = 'valid' | 'same';

export type LayerSpec = LayerBase &
  (
    | { type: 'dense'; units: number | 'classes'; activation: Activation; useBias: boolean; l2: number }
    | {
        type: 'conv2d';
        filters: number;
        kernelSize: [number, number];
        strides: [number, number];
        padding: Padding;
        dilation: [number, number];
        activation: Activation;
        useBias: boolean;
        l2: number;
      }
    | {
        type: 'depthwiseConv2d';
        kernelSize: [number, number];
        strides: [number, number];
        padding: Padding;
        depthMultiplier: number;
        activation: Activation;
        useBias: boolean;
      }
    | {
        type: 'separableConv2d';
        filters: number;
        kernelSize: [number, number];
        strides: [number, number];
        padding: Padding;
        depthMultiplier: number;
        activation: Activation;
        useBias: boolean;
      }
    | {
        type: 'maxPooling2d' | 'averagePooling2d';
        poolSize: [number, number];
        strides: [number, number];
        padding: Padding;
      }
    | { type: 'globalMaxPooling2d' | 'globalAveragePooling2d' }
    | { type: 'batchNormalization'; momentum: number; epsilon: number }
    | { type: 'dropout'; rate: number }
    | { type: 'flatten' }
    | { type: 'reshape'; targetShape: number[] }
    | { type: 'activation'; activation: Activation }
    | { type: 'add' }
    | { type: 'concatenate' }
    | { type: 'zeroPadding2d'; padding: [[number, number], [number, number]] }
    | { type: 'upSampling2d'; size: [number, number]; interpolation: 'nearest' | 'bilinear' }
  );
export type LayerType = LayerSpec['type'];

export type OptimizerSpec =
  | { type: 'sgd'; learningRate: number; momentum: number; nesterov: boolean }
  | { type: 'adam'; learningRate: number; beta1: number; beta2: number; epsilon: number }
  | { type: 'rmsprop'; learningRate: number; decay: number; epsilon: number };

export interface TrainingOptions {
  epochs: number;
  batchSize: number;
  optimizer: OptimizerSpec;
  /** Stops when `val_loss` has not fallen for so many epochs, and takes the best weights back. */
  earlyStopping?: { patience: number; minDelta: number };
  /** CPU threads for the backend; pinned, because results differ between thread counts. */
  threads: number;
  backend: 'auto' | 'tensorflow' | 'wasm';
}

export interface EvaluationOptions {
  split: 'test' | 'validation';
  /** Bins of the calibration error. */
  calibrationBins: number;
}

/** Held-out metrics for which more is better, so that a minimum makes sense. */
export const GATE_METRICS = [
  'accuracy',
  'precision_macro',
  'precision_weighted',
  'recall_macro',
  'recall_weighted',
  'f1_macro',
  'f1_micro',
  'f1_weighted',
  'roc_auc_macro',
] as const;
export type GateMetric = (typeof GATE_METRICS)[number];

export interface RegisterOptions {
  model: string;
  /** Metrics of the held-out split that the version must reach, or it is not registered: `{ accuracy: 0.95 }`. */
  minimum: Record<string, number>;
  /** The stage that a version which passes goes to at once. */
  stage: 'None' | 'Staging' | 'Production';
}
