import type { LayerExporter } from './layer-exporter';

export const exportZeroPadding2d: LayerExporter<'zeroPadding2d'> = (layer, [input], { graph, layouts }) => {
  const x = layouts.channelsFirst(layer.name, input);
  const [height = 0, width = 0, channels = 0] = x.shape;
  const [[top, bottom], [left, right]] = layer.padding;
  const pads = graph.integers(`${layer.name}/pads`, [0, 0, top, left, 0, 0, bottom, right]);
  const tensor = graph.node(layer.name, 'Pad', [x.tensor, pads], { mode: 'constant' });
  return { tensor, shape: [height + top + bottom, width + left + right, channels], layout: 'channelsFirst' };
};

/**
 * TensorFlow.js resizes with `alignCorners` and `halfPixelCenters` off, its defaults: output pixel i reads at i / size.
 * (Keras, since TensorFlow 2, uses half-pixel centres here: its bilinear results differ.)
 */
export const exportUpSampling2d: LayerExporter<'upSampling2d'> = (layer, [input], { graph, layouts }) => {
  const x = layouts.channelsFirst(layer.name, input);
  const [height = 0, width = 0, channels = 0] = x.shape;
  const [rows, columns] = layer.size;
  const scales = graph.floats(`${layer.name}/scales`, [4], Float32Array.of(1, 1, rows, columns));
  const nearest = layer.interpolation === 'nearest';
  const tensor = graph.node(layer.name, 'Resize', [x.tensor, '', scales], {
    mode: nearest ? 'nearest' : 'linear',
    coordinate_transformation_mode: 'asymmetric',
    ...(nearest ? { nearest_mode: 'floor' } : {}),
  });
  return { tensor, shape: [height * rows, width * columns, channels], layout: 'channelsFirst' };
};
