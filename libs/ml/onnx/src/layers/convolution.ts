import type { WeightTensor } from '@modelyard/contracts';
import type { Value } from '../graph/value';
import { transposeWeights } from '../network/transpose-weights';
import { applyActivation } from './activation';
import type { LayerContext, LayerExporter } from './layer-exporter';
import { placeWindow, windowAttributes } from './window';
import type { Window } from './window';

/** TensorFlow's [height, width, in, out] → ONNX's [out, in, height, width]. */
const CONVOLUTION_KERNEL = [3, 2, 0, 1];
/** TensorFlow's [height, width, in, multiplier] → [in, multiplier, height, width], of which in × multiplier are ONNX's filters. */
const DEPTHWISE_KERNEL = [2, 3, 0, 1];
const UNDILATED = [1, 1] as const;

export const exportConv2d: LayerExporter<'conv2d'> = (layer, [input], context) => {
  const { name, filters, kernelSize, useBias } = layer;
  const window = {
    size: kernelSize,
    strides: layer.strides,
    dilation: layer.dilation,
    padding: layer.padding,
  };
  const kernel = context.weights.read(name, 'kernel', [...kernelSize, channelsOf(input), filters]);
  const bias = useBias ? context.weights.read(name, 'bias', [filters]) : undefined;
  const value = convolve(
    context,
    name,
    input,
    window,
    transposeWeights(kernel, CONVOLUTION_KERNEL),
    1,
    'kernel',
    bias,
  );
  return applyActivation(context.graph, name, layer.activation, value);
};

export const exportDepthwiseConv2d: LayerExporter<'depthwiseConv2d'> = (layer, [input], context) => {
  const { name, depthMultiplier, useBias } = layer;
  const window = {
    size: layer.kernelSize,
    strides: layer.strides,
    dilation: UNDILATED,
    padding: layer.padding,
  };
  const kernel = readDepthwiseKernel(context, layer, channelsOf(input));
  const bias = useBias
    ? context.weights.read(name, 'bias', [channelsOf(input) * depthMultiplier])
    : undefined;
  const value = convolve(context, name, input, window, kernel, channelsOf(input), 'depthwiseKernel', bias);
  return applyActivation(context.graph, name, layer.activation, value);
};

/** A depthwise convolution, then a 1 × 1 convolution that has the bias. */
export const exportSeparableConv2d: LayerExporter<'separableConv2d'> = (layer, [input], context) => {
  const { name, filters, depthMultiplier, useBias } = layer;
  const window = {
    size: layer.kernelSize,
    strides: layer.strides,
    dilation: UNDILATED,
    padding: layer.padding,
  };
  const depthwise = readDepthwiseKernel(context, layer, channelsOf(input));
  const channels = channelsOf(input) * depthMultiplier;
  const pointwise = context.weights.read(name, 'pointwiseKernel', [1, 1, channels, filters]);
  const bias = useBias ? context.weights.read(name, 'bias', [filters]) : undefined;

  const inner = convolve(
    context,
    name,
    input,
    window,
    depthwise,
    channelsOf(input),
    'depthwiseKernel',
    undefined,
  );
  const unit: Window = { size: UNDILATED, strides: UNDILATED, dilation: UNDILATED, padding: 'valid' };
  const kernel = transposeWeights(pointwise, CONVOLUTION_KERNEL);
  const value = convolve(context, name, inner, unit, kernel, 1, 'pointwiseKernel', bias);
  return applyActivation(context.graph, name, layer.activation, value);
};

function convolve(
  { graph, layouts }: LayerContext,
  layer: string,
  input: Value,
  window: Window,
  kernel: WeightTensor,
  group: number,
  kernelName: string,
  bias: WeightTensor | undefined,
): Value {
  const x = layouts.channelsFirst(layer, input);
  const [height = 0, width = 0] = x.shape;
  const placed = placeWindow(height, width, window);
  const operands = [x.tensor, graph.floats(`${layer}/${kernelName}`, kernel.shape, kernel.data)];
  if (bias !== undefined) operands.push(graph.floats(`${layer}/bias`, bias.shape, bias.data));
  const attributes = { ...windowAttributes(window, placed), dilations: [...window.dilation], group };
  const tensor = graph.node(layer, 'Conv', operands, attributes);
  return { tensor, shape: [...placed.output, kernel.shape[0] as number], layout: 'channelsFirst' };
}

function readDepthwiseKernel(
  { weights }: LayerContext,
  layer: { name: string; kernelSize: [number, number]; depthMultiplier: number },
  channels: number,
): WeightTensor {
  const { name, kernelSize, depthMultiplier } = layer;
  const kernel = weights.read(name, 'depthwiseKernel', [...kernelSize, channels, depthMultiplier]);
  const { data } = transposeWeights(kernel, DEPTHWISE_KERNEL);
  return { shape: [channels * depthMultiplier, 1, ...kernelSize], data };
}

function channelsOf(value: Value): number {
  return value.shape[2] ?? 0;
}
