import './host-typed-arrays';
import type { FittedPreprocessing, LayersTopology, NamedWeights } from '@modelyard/contracts';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { buildNetwork, valueInfo } from '../export-network';
import { GraphBuilder } from '../graph/graph-builder';
import { Layouts } from '../graph/value';
import { encodeModel } from '../onnx-format/encode-model';
import { ONNX_IR_VERSION, ONNX_OPSET } from '../onnx-format/onnx-version';

export interface BareNetwork {
  topology: LayersTopology;
  weights: NamedWeights;
  preprocessing?: FittedPreprocessing;
}

/**
 * The network as a model whose output `output` is what the last layer gives, in TensorFlow's order and without the
 * final softmax, which would hide an error that is the same for all classes.
 */
export function exportBare(network: BareNetwork): Buffer {
  const graph = new GraphBuilder(['input', 'output']);
  const value = new Layouts(graph).channelsLast('output', buildNetwork(network, graph));
  graph.node('output', 'Identity', [value.tensor], {}, 'output');
  return encodeModel({
    irVersion: ONNX_IR_VERSION,
    opsetImport: [{ domain: '', version: ONNX_OPSET }],
    producerName: 'spec',
    producerVersion: '1',
    graph: {
      name: 'bare',
      node: graph.nodes,
      initializer: graph.initializers,
      input: [valueInfo('input', network.topology.inputShape)],
      output: [valueInfo('output', value.shape)],
    },
    metadataProps: [],
  });
}

/** Runs a model with the inputs and outputs of ours in ONNX Runtime. `shape` leaves the batch out. */
export async function runModel(
  model: Buffer,
  rows: number,
  shape: number[],
  input: Float32Array,
): Promise<Float32Array> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  });
  try {
    const results = await session.run({ input: new Tensor('float32', input, [rows, ...shape]) });
    const output = results[session.outputNames[0] ?? ''];
    if (output === undefined || !(output.data instanceof Float32Array)) throw new Error('no float32 output');
    return output.data;
  } finally {
    await session.release();
  }
}

/** The largest |actual − expected| / max(1, |expected|). */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new Error(`${actual.length} values, expected ${expected.length}`);
  let largest = 0;
  for (let index = 0; index < actual.length; index++) {
    const [a, e] = [actual[index] as number, expected[index] as number];
    const difference = Math.abs(a - e) / Math.max(1, Math.abs(e));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
