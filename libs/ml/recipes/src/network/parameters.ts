import type { ResolvedLayer } from '@modelyard/contracts';

/** How many weights a layer holds; the moving mean and variance of batch normalization count, too. */
export function parametersOf(layer: ResolvedLayer): number {
  const channels = layer.inputShapes[0]?.at(-1) ?? 0;
  const outputs = layer.outputShape.at(-1) ?? 0;
  switch (layer.type) {
    case 'dense':
      return channels * outputs + (layer.useBias ? outputs : 0);
    case 'conv2d':
      return area(layer.kernelSize) * channels * outputs + (layer.useBias ? outputs : 0);
    case 'depthwiseConv2d':
      return area(layer.kernelSize) * outputs + (layer.useBias ? outputs : 0);
    case 'separableConv2d': {
      const between = channels * layer.depthMultiplier;
      return area(layer.kernelSize) * between + between * outputs + (layer.useBias ? outputs : 0);
    }
    case 'batchNormalization':
      return 4 * channels;
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
      return 0;
  }
}

function area([height, width]: [number, number]): number {
  return height * width;
}
