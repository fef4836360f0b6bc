import { ONNX_NAMES } from '@modelyard/contracts';
import type { FittedPreprocessing, LayersTopology, NamedWeights, Signature } from '@modelyard/contracts';
import { ExportError } from './export-error';
import { GraphBuilder } from './graph/graph-builder';
import { Layouts } from './graph/value';
import type { Value } from './graph/value';
import { applyPreprocessing } from './network/apply-preprocessing';
import { foldBatchNormalization } from './network/fold-batch-normalization';
import { LayerWeights } from './network/layer-weights';
import { checkNames, translateNetwork } from './network/translate-network';
import { encodeModel } from './onnx-format/encode-model';
import { ELEMENT_TYPE } from './onnx-format/onnx-types';
import type { OnnxValueInfo } from './onnx-format/onnx-types';
import { ONNX_IR_VERSION, ONNX_OPSET } from './onnx-format/onnx-version';

export interface NetworkToExport {
  topology: LayersTopology;
  weights: NamedWeights;
  /** Goes in front of the network, so that callers send what the data set holds. */
  preprocessing?: FittedPreprocessing;
  signature: Signature;
  /** Written into the file. */
  producer: { name: string; version: string };
}

/**
 * Writes a trained network as an ONNX model.
 *
 * Input `input`: float32 [batch, …sample shape], images as [batch, height, width, channels] with the values of the data
 * set. Output `probabilities`: float32 [batch, classes]; a last layer without softmax gets one. Equal arguments give
 * equal bytes.
 *
 * @throws ExportError naming the layer, when something has no form in ONNX or the parts contradict each other
 */
export function exportNetwork(model: NetworkToExport): Buffer {
  checkSignature(model.signature, model.topology);
  const graph = new GraphBuilder(Object.values(ONNX_NAMES));
  const logits = buildNetwork(model, graph);
  const classes = model.topology.classes;
  if (logits.shape.join() !== String(classes)) {
    throw new ExportError(
      `gives [${logits.shape.join(', ')}], expected one value for each of ${classes} classes`,
      model.topology.layers.at(-1)?.name,
    );
  }
  nameOutput(graph, logits, endsInSoftmax(model.topology));
  return encodeModel({
    irVersion: ONNX_IR_VERSION,
    opsetImport: [{ domain: '', version: ONNX_OPSET }],
    producerName: model.producer.name,
    producerVersion: model.producer.version,
    graph: {
      name: 'network',
      node: graph.nodes,
      initializer: graph.initializers,
      input: [valueInfo(ONNX_NAMES.input, model.topology.inputShape)],
      output: [valueInfo(ONNX_NAMES.probabilities, [classes])],
    },
    metadataProps: [
      { key: 'task', value: model.signature.task },
      { key: 'classes', value: JSON.stringify(model.signature.classes) },
    ],
  });
}

/** Adds preprocessing and layers to the graph, without the output. */
export function buildNetwork(
  { topology, weights, preprocessing }: Pick<NetworkToExport, 'topology' | 'weights' | 'preprocessing'>,
  graph: GraphBuilder,
): Value {
  checkNames(topology);
  const input: Value = { tensor: ONNX_NAMES.input, shape: topology.inputShape, layout: 'channelsLast' };
  const prepared = preprocessing === undefined ? input : applyPreprocessing(graph, input, preprocessing);
  const folded = foldBatchNormalization(topology, weights);
  const context = { graph, layouts: new Layouts(graph), weights: new LayerWeights(folded.weights) };
  return translateNetwork(folded.topology, prepared, context);
}

/** A tensor of float32 whose first dimension is the batch. */
export function valueInfo(name: string, shape: readonly number[]): OnnxValueInfo {
  const dim = [{ dimParam: 'batch' }, ...shape.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType: ELEMENT_TYPE.float32, shape: { dim } } } };
}

function nameOutput(graph: GraphBuilder, value: Value, isProbability: boolean): void {
  const [layer, opType] = ['output', isProbability ? 'Identity' : 'Softmax'];
  const attributes = isProbability ? {} : { axis: -1 };
  graph.node(layer, opType, [value.tensor], attributes, ONNX_NAMES.probabilities);
}

function endsInSoftmax({ layers }: LayersTopology): boolean {
  const last = layers.at(-1);
  return last !== undefined && 'activation' in last && last.activation === 'softmax';
}

function checkSignature({ inputs, classes }: Signature, topology: LayersTopology): void {
  const [input] = inputs;
  const expected = [-1, ...topology.inputShape];
  if (inputs.length !== 1 || input === undefined || input.shape.join() !== expected.join()) {
    throw new ExportError(
      `The signature needs one input of shape [${expected.join(', ')}], like the network's`,
    );
  }
  if (classes.length !== topology.classes) {
    throw new ExportError(`The signature has ${classes.length} classes, the network ${topology.classes}`);
  }
}
