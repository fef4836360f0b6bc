import type { ResolvedLayer } from '@modelyard/contracts';

export type WeightName =
  | 'kernel'
  | 'bias'
  | 'depthwiseKernel'
  | 'pointwiseKernel'
  | 'gamma'
  | 'beta'
  | 'movingMean'
  | 'movingVariance';

export interface WeightSpec {
  name: WeightName;
  shape: number[];
  initial: 'glorotUniform' | 'zeros' | 'ones';
  /** Moved by the optimizer; the moving values of batch normalization are not. */
  trainable: boolean;
  /** Factor of the sum of squares that is added to the loss. */
  l2?: number;
}

/** A layer's weights in canonical order, initialized as Keras does. */
export function weightsOf(layer: ResolvedLayer): WeightSpec[] {
  const channels = layer.inputShapes[0]?.at(-1) ?? 0;
  const trained = (name: WeightName, shape: number[], initial: WeightSpec['initial']): WeightSpec => ({
    name,
    shape,
    initial,
    trainable: true,
  });
  const bias = (useBias: boolean, length: number): WeightSpec[] =>
    useBias ? [trained('bias', [length], 'zeros')] : [];

  switch (layer.type) {
    case 'dense': {
      const units = layer.outputShape.at(-1) as number;
      return [
        { ...trained('kernel', [channels, units], 'glorotUniform'), l2: layer.l2 },
        ...bias(layer.useBias, units),
      ];
    }
    case 'conv2d':
      return [
        {
          ...trained('kernel', [...layer.kernelSize, channels, layer.filters], 'glorotUniform'),
          l2: layer.l2,
        },
        ...bias(layer.useBias, layer.filters),
      ];
    case 'depthwiseConv2d':
      return [
        ...bias(layer.useBias, channels * layer.depthMultiplier),
        trained('depthwiseKernel', [...layer.kernelSize, channels, layer.depthMultiplier], 'glorotUniform'),
      ];
    case 'separableConv2d':
      return [
        ...bias(layer.useBias, layer.filters),
        trained('depthwiseKernel', [...layer.kernelSize, channels, layer.depthMultiplier], 'glorotUniform'),
        trained('pointwiseKernel', [1, 1, channels * layer.depthMultiplier, layer.filters], 'glorotUniform'),
      ];
    case 'batchNormalization':
      return [
        trained('gamma', [channels], 'ones'),
        trained('beta', [channels], 'zeros'),
        { name: 'movingMean', shape: [channels], initial: 'zeros', trainable: false },
        { name: 'movingVariance', shape: [channels], initial: 'ones', trainable: false },
      ];
    case 'maxPooling2d':
    case 'averagePooling2d':
    case 'globalMaxPooling2d':
    case 'globalAveragePooling2d':
    case 'dropout':
    case 'flatten':
    case 'reshape':
    case 'activation':
    case 'add':
    case 'concatenate':
    case 'zeroPadding2d':
    case 'upSampling2d':
      return [];
  }
}

/** The name that a weight has everywhere outside its layer. */
export const fullName = (layer: { name: string }, weight: WeightName): string => `${layer.name}/${weight}`;
