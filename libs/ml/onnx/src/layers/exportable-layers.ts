import type { LayerType } from '@modelyard/contracts';
import { exportActivation } from './activation';
import { exportBatchNormalization } from './batch-normalization';
import { exportConv2d, exportDepthwiseConv2d, exportSeparableConv2d } from './convolution';
import { exportDense } from './dense';
import type { LayerExporter } from './layer-exporter';
import { exportAdd, exportConcatenate } from './merge';
import { exportGlobalPooling2d, exportPooling2d } from './pooling';
import { exportUpSampling2d, exportZeroPadding2d } from './resize';
import { exportFlatten, exportReshape } from './shape';

/** How each layer is written. Total: a layer type without an exporter does not compile. */
export const LAYER_EXPORTERS: { [T in LayerType]: LayerExporter<T> } = {
  dense: exportDense,
  conv2d: exportConv2d,
  depthwiseConv2d: exportDepthwiseConv2d,
  separableConv2d: exportSeparableConv2d,
  maxPooling2d: exportPooling2d,
  averagePooling2d: exportPooling2d,
  globalMaxPooling2d: exportGlobalPooling2d,
  globalAveragePooling2d: exportGlobalPooling2d,
  batchNormalization: exportBatchNormalization,
  // Dropout acts in training alone.
  dropout: (_layer, [input]) => input,
  flatten: exportFlatten,
  reshape: exportReshape,
  activation: exportActivation,
  add: exportAdd,
  concatenate: exportConcatenate,
  zeroPadding2d: exportZeroPadding2d,
  upSampling2d: exportUpSampling2d,
};

/** The layer types that have a form in ONNX. A recipe with another one is refused before it is trained. */
export const EXPORTABLE_LAYERS = Object.keys(LAYER_EXPORTERS) as readonly LayerType[];
