import type { LayerExporter } from './layer-exporter';
import { placeWindow, windowAttributes } from './window';

export const exportPooling2d: LayerExporter<'maxPooling2d' | 'averagePooling2d'> = (
  layer,
  [input],
  context,
) => {
  const { name, poolSize, strides, padding } = layer;
  const x = context.layouts.channelsFirst(name, input);
  const [height = 0, width = 0, channels = 0] = x.shape;
  const window = { size: poolSize, strides, dilation: [1, 1] as const, padding };
  const placed = placeWindow(height, width, window);
  const attributes = windowAttributes(window, placed);
  const tensor =
    layer.type === 'maxPooling2d'
      ? context.graph.node(name, 'MaxPool', [x.tensor], attributes)
      : // TensorFlow averages over the values alone, not over the padding.
        context.graph.node(name, 'AveragePool', [x.tensor], { ...attributes, count_include_pad: 0 });
  return { tensor, shape: [...placed.output, channels], layout: 'channelsFirst' };
};

/** The pooled image is a list of channels, without height and width. */
export const exportGlobalPooling2d: LayerExporter<'globalMaxPooling2d' | 'globalAveragePooling2d'> = (
  layer,
  [input],
  { graph, layouts },
) => {
  const x = layouts.channelsFirst(layer.name, input);
  const opType = layer.type === 'globalMaxPooling2d' ? 'GlobalMaxPool' : 'GlobalAveragePool';
  const pooled = graph.node(layer.name, opType, [x.tensor]);
  const tensor = graph.node(layer.name, 'Flatten', [pooled], { axis: 1 });
  return { tensor, shape: [x.shape[2] ?? 0], layout: 'channelsLast' };
};
