import { product } from '@modelyard/ml-tensors';
import { ExportError } from '../export-error';
import type { Value } from '../graph/value';
import type { LayerContext, LayerExporter } from './layer-exporter';

export const exportFlatten: LayerExporter<'flatten'> = (layer, [input], context) => {
  const x = inTensorFlowOrder(layer.name, input, context);
  const tensor = context.graph.node(layer.name, 'Flatten', [x.tensor], { axis: 1 });
  return { tensor, shape: [product(x.shape)], layout: 'channelsLast' };
};

export const exportReshape: LayerExporter<'reshape'> = (layer, [input], context) => {
  const x = inTensorFlowOrder(layer.name, input, context);
  const shape = layer.outputShape;
  if (product(shape) !== product(x.shape)) {
    throw new ExportError(`cannot reshape [${x.shape.join(', ')}] to [${shape.join(', ')}]`, layer.name);
  }
  // 0 takes the batch over from the input.
  const target = context.graph.integers(`${layer.name}/shape`, [0, ...shape]);
  const tensor = context.graph.node(layer.name, 'Reshape', [x.tensor, target]);
  return { tensor, shape: [...shape], layout: 'channelsLast' };
};

/** Reading an image as a list goes row by row, pixel by pixel, channel by channel, as TensorFlow stores it. */
function inTensorFlowOrder(layer: string, value: Value, { layouts }: LayerContext): Value {
  const [height, width, channels] = value.shape;
  const sameOrder = channels === 1 || (height === 1 && width === 1);
  return sameOrder ? value : layouts.channelsLast(layer, value);
}
