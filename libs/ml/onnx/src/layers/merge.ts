import { ExportError } from '../export-error';
import { channelAxis } from '../graph/value';
import type { Value } from '../graph/value';
import type { LayerContext, LayerExporter } from './layer-exporter';

export const exportAdd: LayerExporter<'add'> = (layer, inputs, context) => {
  const [first, ...others] = inOneLayout(layer.name, inputs, context);
  for (const other of others) {
    if (other.shape.join() !== first.shape.join()) {
      throw new ExportError(
        `cannot add [${other.shape.join(', ')}] to [${first.shape.join(', ')}]`,
        layer.name,
      );
    }
  }
  // Pair by pair, from the left, as TensorFlow.js adds: float32 sums depend on the order.
  const add = (sum: string, other: Value) => context.graph.node(layer.name, 'Add', [sum, other.tensor]);
  return { ...first, tensor: others.reduce(add, first.tensor) };
};

/** Joins along the last axis: the channels of images, the columns of tables. */
export const exportConcatenate: LayerExporter<'concatenate'> = (layer, inputs, context) => {
  const values = inOneLayout(layer.name, inputs, context);
  const [first, ...others] = values;
  const rest = first.shape.slice(0, -1);
  for (const other of others) {
    if (other.shape.slice(0, -1).join() !== rest.join()) {
      throw new ExportError(
        `cannot join [${other.shape.join(', ')}] to [${first.shape.join(', ')}]`,
        layer.name,
      );
    }
  }
  const tensors = values.map(({ tensor }) => tensor);
  const tensor = context.graph.node(layer.name, 'Concat', tensors, { axis: channelAxis(first) });
  const last = values.reduce((sum, { shape }) => sum + (shape.at(-1) ?? 0), 0);
  return { ...first, tensor, shape: [...rest, last] };
};

/** All inputs in the layout of the first. */
function inOneLayout(
  layer: string,
  [first, ...others]: readonly [Value, ...Value[]],
  { layouts }: LayerContext,
): [Value, ...Value[]] {
  return [first, ...others.map((value) => layouts[first.layout](layer, value))];
}
