import type { LayerSpec } from '../recipe/recipe';

/** A layer with everything resolved: `dense.units` is a number, and shapes are known. Shapes leave the batch out; images are [height, width, channels]. */
export type ResolvedLayer = LayerSpec & { inputShapes: number[][]; outputShape: number[] };

/** A trained network's architecture as plain data: what the exporter reads, independent of the training framework. */
export interface LayersTopology {
  inputShape: number[];
  classes: number;
  /** In topological order. */
  layers: ResolvedLayer[];
}

export interface WeightTensor {
  shape: number[];
  data: Float32Array;
}

/**
 * Weights by name, in canonical order (layer order, then the order below): `<layer>/kernel`, `/bias`,
 * `/depthwiseKernel`, `/pointwiseKernel`, `/gamma`, `/beta`, `/movingMean`, `/movingVariance`.
 * Kernels are laid out as TensorFlow has them: dense [in, out], conv2d [height, width, in, out],
 * depthwise [height, width, in, multiplier].
 */
export type NamedWeights = Map<string, WeightTensor>;

/** Preprocessing fitted on the training split, composed into one map y = x · scale + offset per channel or column. */
export interface FittedPreprocessing {
  kind: 'affine';
  scale: number[];
  offset: number[];
}
