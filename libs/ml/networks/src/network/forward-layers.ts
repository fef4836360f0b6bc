import type { Activation, LayerType, ResolvedLayer } from '@modelyard/contracts';
import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { ConvolutionGeometry, Operations } from '../operations/operations';
import { dilateKernel } from './dilate-kernel';
import type { WeightName } from './layer-weights';

/** What a layer may ask for while it computes. */
export interface LayerContext {
  operations: Operations;
  weight(name: WeightName): Tensor;
  /** Only in training. */
  training?: {
    /** Two seeds for this layer at this step. */
    seeds(): readonly [number, number];
    /** Takes over new moving values. */
    keepMoving(mean: Tensor, variance: Tensor): void;
  };
}

const POINTWISE: ConvolutionGeometry = { strides: [1, 1], padding: 'valid', dilation: [1, 1] };

type LayerOf<T extends LayerType> = Extract<ResolvedLayer, { type: T }>;
type Forward<T extends LayerType> = (
  layer: LayerOf<T>,
  inputs: [Tensor, ...Tensor[]],
  context: LayerContext,
) => Tensor;

/** How each type of layer computes its output. Tensors carry the batch in front; images are [batch, height, width, channels]. */
export const FORWARD: { [T in LayerType]: Forward<T> } = {
  dense: (layer, [x], context) => finish(tf.matMul(x, context.weight('kernel')), layer, context),
  conv2d: (layer, [x], context) => {
    const { strides, padding, dilation } = layer;
    const kernel = context.weight('kernel') as Tensor4D;
    // TensorFlow.js has no gradient for a dilated convolution; one with zeros between the kernel's taps is the same.
    const dilated = context.training === undefined ? undefined : dilateKernel(kernel, dilation);
    const geometry = {
      strides,
      padding,
      dilation: dilated === undefined ? dilation : POINTWISE.dilation,
    };
    return finish(context.operations.conv2d(x, dilated ?? kernel, geometry), layer, context);
  },
  depthwiseConv2d: (layer, [x], context) =>
    finish(depthwise(x, context.weight('depthwiseKernel'), layer), layer, context),
  separableConv2d: (layer, [x], context) => {
    const spatial = depthwise(x, context.weight('depthwiseKernel'), layer);
    const mixed = context.operations.conv2d(spatial, context.weight('pointwiseKernel'), POINTWISE);
    return finish(mixed, layer, context);
  },
  maxPooling2d: ({ poolSize: size, strides, padding }, [x], { operations }) =>
    operations.maxPool(x, { size, strides, padding }),
  averagePooling2d: ({ poolSize, strides, padding }, [x]) =>
    tf.avgPool(x as Tensor4D, poolSize, strides, padding),
  globalMaxPooling2d: (_layer, [x]) => tf.max(x, [1, 2]),
  globalAveragePooling2d: (_layer, [x]) => tf.mean(x, [1, 2]),
  batchNormalization: (layer, [x], context) => {
    const { momentum, epsilon } = layer;
    const [gamma, beta] = [context.weight('gamma'), context.weight('beta')];
    const [movingMean, movingVariance] = [context.weight('movingMean'), context.weight('movingVariance')];
    if (context.training === undefined) {
      const vector = (tensor: Tensor): Tensor1D => tensor as Tensor1D;
      return tf.batchNorm(
        x,
        vector(movingMean),
        vector(movingVariance),
        vector(beta),
        vector(gamma),
        epsilon,
      );
    }
    const input = { x, gamma, beta, movingMean, movingVariance, momentum, epsilon };
    const normalized = context.operations.normalizeBatch(input);
    context.training.keepMoving(normalized.movingMean, normalized.movingVariance);
    return normalized.y;
  },
  dropout: ({ rate }, [x], { training, operations }) => {
    if (training === undefined || rate === 0) return x;
    const kept = tf.greaterEqual(operations.uniform(x.shape, training.seeds()), rate).toFloat();
    return tf.mul(x, tf.mul(kept, 1 / (1 - rate)));
  },
  flatten: (layer, [x]) => tf.reshape(x, [x.shape[0], ...layer.outputShape]),
  reshape: (layer, [x]) => tf.reshape(x, [x.shape[0], ...layer.outputShape]),
  activation: ({ activation }, [x], { operations }) => operations.activate(x, activation),
  add: (_layer, inputs) => inputs.reduce((sum, input) => tf.add(sum, input)),
  concatenate: (_layer, inputs) => tf.concat(inputs, -1),
  zeroPadding2d: ({ padding }, [x]) => tf.pad(x, [[0, 0], ...padding, [0, 0]]),
  upSampling2d: ({ interpolation, outputShape }, [x]) => {
    const size = outputShape.slice(0, 2) as [number, number];
    return interpolation === 'nearest'
      ? tf.image.resizeNearestNeighbor(x as Tensor4D, size)
      : tf.image.resizeBilinear(x as Tensor4D, size);
  },
};

function depthwise(x: Tensor, kernel: Tensor, layer: LayerOf<'depthwiseConv2d' | 'separableConv2d'>): Tensor {
  return tf.depthwiseConv2d(x as Tensor4D, kernel as Tensor4D, layer.strides, layer.padding);
}

function finish(
  x: Tensor,
  layer: { useBias: boolean; activation: Activation },
  context: LayerContext,
): Tensor {
  const biased = layer.useBias ? context.operations.addBias(x, context.weight('bias')) : x;
  return context.operations.activate(biased, layer.activation);
}
