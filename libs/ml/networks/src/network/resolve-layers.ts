import type { LayerSpec, LayersTopology, NetworkModel, Padding, ResolvedLayer } from '@modelyard/contracts';

/**
 * Works out every layer's shapes. The recipe has been checked before: what does not fit here is a mistake of the program.
 * @throws Error that names the layer
 */
export function resolveLayers(model: NetworkModel, inputShape: number[], classes: number): LayersTopology {
  const shapes = new Map<string, number[]>([['input', inputShape]]);
  const layers = model.layers.map((layer): ResolvedLayer => {
    const inputShapes = layer.inputs.map((name) => {
      const shape = shapes.get(name);
      if (shape === undefined)
        throw new Error(`layer ${layer.name} reads ${name}, which comes not before it`);
      return shape;
    });
    const known: LayerSpec =
      layer.type === 'dense' && layer.units === 'classes' ? { ...layer, units: classes } : layer;
    const outputShape = outputShapeOf(known, inputShapes);
    if (outputShape.some((length) => !Number.isInteger(length) || length < 1)) {
      throw new Error(`layer ${layer.name} would give the shape [${outputShape.join(', ')}]`);
    }
    shapes.set(layer.name, outputShape);
    return { ...known, inputShapes, outputShape };
  });
  return { inputShape, classes, layers };
}

function outputShapeOf(layer: LayerSpec, inputShapes: number[][]): number[] {
  const [shape] = inputShapes as [number[]];
  const [height = 0, width = 0, channels = 0] = shape;
  switch (layer.type) {
    case 'dense':
      return [...shape.slice(0, -1), layer.units as number];
    case 'conv2d':
      return [
        ...windows(shape, spread(layer.kernelSize, layer.dilation), layer.strides, layer.padding),
        layer.filters,
      ];
    case 'separableConv2d':
      return [...windows(shape, layer.kernelSize, layer.strides, layer.padding), layer.filters];
    case 'depthwiseConv2d':
      return [
        ...windows(shape, layer.kernelSize, layer.strides, layer.padding),
        channels * layer.depthMultiplier,
      ];
    case 'maxPooling2d':
    case 'averagePooling2d':
      return [...windows(shape, layer.poolSize, layer.strides, layer.padding), channels];
    case 'globalMaxPooling2d':
    case 'globalAveragePooling2d':
      return [channels];
    case 'flatten':
      return [shape.reduce((product, length) => product * length, 1)];
    case 'reshape':
      return withUnknown(layer.targetShape, shape);
    case 'concatenate':
      return [...shape.slice(0, -1), inputShapes.reduce((sum, input) => sum + (input.at(-1) ?? 0), 0)];
    case 'zeroPadding2d': {
      const [[top, bottom], [left, right]] = layer.padding;
      return [height + top + bottom, width + left + right, channels];
    }
    case 'upSampling2d':
      return [height * layer.size[0], width * layer.size[1], channels];
    case 'batchNormalization':
    case 'dropout':
    case 'activation':
    case 'add':
      return shape;
  }
}

function spread(kernel: [number, number], dilation: [number, number]): [number, number] {
  return [(kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1];
}

function windows(
  shape: number[],
  size: [number, number],
  strides: [number, number],
  padding: Padding,
): [number, number] {
  const along = (axis: 0 | 1): number => {
    const length = shape[axis] ?? 0;
    return Math.ceil((padding === 'same' ? length : length - size[axis] + 1) / strides[axis]);
  };
  return [along(0), along(1)];
}

/** A target shape may have one −1, which takes what is left. */
function withUnknown(target: number[], from: number[]): number[] {
  const size = from.reduce((product, length) => product * length, 1);
  const known = target.reduce((product, length) => (length === -1 ? product : product * length), 1);
  return target.map((length) => (length === -1 ? size / known : length));
}
