import type { LayerExporter } from './layer-exporter';

/** A normalisation that could not be folded into the layer before it. It works on the last axis. */
export const exportBatchNormalization: LayerExporter<'batchNormalization'> = (layer, [input], context) => {
  const { name, epsilon } = layer;
  const { graph, weights } = context;
  const channels = input.shape.at(-1) as number;
  const constants = (['gamma', 'beta', 'movingMean', 'movingVariance'] as const).map((weight) => {
    const { shape, data } = weights.read(name, weight, [channels]);
    return graph.floats(`${name}/${weight}`, shape, data);
  });
  // ONNX normalises axis 1: the channels of an image that is laid out so, and the columns of a table.
  const { tensor, shape, layout } = context.layouts.channelsFirst(name, input);
  const axis = layout === 'channelsFirst' ? 1 : shape.length;
  const moved =
    axis === 1 ? tensor : graph.node(name, 'Transpose', [tensor], { perm: swapped(shape.length, axis) });
  const attributes = { epsilon: { float: epsilon } };
  const normalized = graph.node(name, 'BatchNormalization', [moved, ...constants], attributes);
  const result =
    axis === 1
      ? normalized
      : graph.node(name, 'Transpose', [normalized], { perm: swapped(shape.length, axis) });
  return { tensor: result, shape, layout };
};

/** The permutation of `rank` dimensions and the batch that swaps dimension 1 with `axis`. */
function swapped(rank: number, axis: number): number[] {
  const permutation = Array.from({ length: rank + 1 }, (_, index) => index);
  permutation[1] = axis;
  permutation[axis] = 1;
  return permutation;
}
