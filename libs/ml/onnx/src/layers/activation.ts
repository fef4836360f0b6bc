import type { Activation } from '@modelyard/contracts';
import { ExportError } from '../export-error';
import type { GraphBuilder } from '../graph/graph-builder';
import { channelAxis } from '../graph/value';
import type { Value } from '../graph/value';
import type { LayerExporter } from './layer-exporter';

type Compose = (graph: GraphBuilder, layer: string, x: string, axis: number) => string;

/** Klambauer et al. 2017, with the digits that TensorFlow uses. */
const SELU = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };

/** An activation that is one operator of ONNX. */
function single(opType: string, attributes: Record<string, { float: number }> = {}): Compose {
  return (graph, layer, x) => graph.node(layer, opType, [x], attributes);
}

/** TensorFlow.js' formulas. Operators younger than our operator set (Mish, Gelu, HardSwish) are spelt out. */
const ACTIVATION_NODES: Record<Exclude<Activation, 'linear'>, Compose> = {
  relu: single('Relu'),
  relu6: (graph, layer, x) =>
    graph.node(layer, 'Clip', [x, graph.scalar(`${layer}/zero`, 0), graph.scalar(`${layer}/six`, 6)]),
  elu: single('Elu', { alpha: { float: 1 } }),
  selu: single('Selu', { alpha: { float: SELU.alpha }, gamma: { float: SELU.gamma } }),
  sigmoid: single('Sigmoid'),
  // min(max(0.2 x + 0.5, 0), 1): Keras 2 and TensorFlow.js. Keras 3 divides by 6 instead.
  hardSigmoid: single('HardSigmoid', { alpha: { float: 0.2 }, beta: { float: 0.5 } }),
  softplus: single('Softplus'),
  softsign: single('Softsign'),
  tanh: single('Tanh'),
  softmax: (graph, layer, x, axis) => graph.node(layer, 'Softmax', [x], { axis }),
  logSoftmax: (graph, layer, x, axis) => graph.node(layer, 'LogSoftmax', [x], { axis }),
  swish: (graph, layer, x) => graph.node(layer, 'Mul', [x, graph.node(layer, 'Sigmoid', [x])]),
  mish: (graph, layer, x) => {
    const softplus = graph.node(layer, 'Softplus', [x]);
    return graph.node(layer, 'Mul', [x, graph.node(layer, 'Tanh', [softplus])]);
  },
  // x Φ(x) = x (1 + erf(x / √2)) / 2
  gelu: (graph, layer, x) => {
    const scaled = graph.node(layer, 'Mul', [x, graph.scalar(`${layer}/inverse_sqrt_2`, Math.SQRT1_2)]);
    return halfTimesOnePlus(graph, layer, x, graph.node(layer, 'Erf', [scaled]));
  },
  // x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2
  gelu_new: (graph, layer, x) => {
    const square = graph.node(layer, 'Mul', [x, x]);
    const cube = graph.node(layer, 'Mul', [square, x]);
    const weighted = graph.node(layer, 'Mul', [cube, graph.scalar(`${layer}/cubic`, 0.044715)]);
    const sum = graph.node(layer, 'Add', [x, weighted]);
    const scale = graph.scalar(`${layer}/sqrt_2_over_pi`, Math.sqrt(2 / Math.PI));
    return halfTimesOnePlus(
      graph,
      layer,
      x,
      graph.node(layer, 'Tanh', [graph.node(layer, 'Mul', [sum, scale])]),
    );
  },
};

/** Adds the nodes of `activation` behind `value`. Softmax and log softmax run over the last axis. */
export function applyActivation(
  graph: GraphBuilder,
  layer: string,
  activation: Activation,
  value: Value,
): Value {
  if (activation === 'linear') return value;
  if (!Object.hasOwn(ACTIVATION_NODES, activation)) {
    throw new ExportError(`the activation "${String(activation)}" has no form in ONNX`, layer);
  }
  return { ...value, tensor: ACTIVATION_NODES[activation](graph, layer, value.tensor, channelAxis(value)) };
}

export const exportActivation: LayerExporter<'activation'> = (layer, [input], { graph }) =>
  applyActivation(graph, layer.name, layer.activation, input);

function halfTimesOnePlus(graph: GraphBuilder, layer: string, x: string, y: string): string {
  const onePlus = graph.node(layer, 'Add', [y, graph.scalar(`${layer}/one`, 1)]);
  const product = graph.node(layer, 'Mul', [x, onePlus]);
  return graph.node(layer, 'Mul', [product, graph.scalar(`${layer}/half`, 0.5)]);
}
