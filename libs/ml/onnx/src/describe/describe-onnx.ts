import { DESCRIBE_LIMITS, OnnxFormatError } from './onnx-description';
import type { OnnxDescription, OnnxInitializerDescription, OnnxValueDescription } from './onnx-description';
import { readInitializer, readValue } from './read-values';
import { bytesOf, integerOf, readFields, textOf } from './wire-reader';

/** What is collected over the main graph and the graphs inside its nodes. */
interface Collected {
  nodeCount: number;
  operators: Map<string, { domain: string; type: string; count: number }>;
  initializers: OnnxInitializerDescription[];
}

/**
 * Reads what an .onnx file says of itself, in one pass and without copying its weights. Made for files of unknown
 * origin: the cost is bounded by the file's size and `DESCRIBE_LIMITS`, and no external file is opened.
 * It does not check that the graph makes sense: a runtime does that when it loads the model.
 * @throws OnnxFormatError for bytes that are no ONNX model, or one beyond the limits
 */
export function describeOnnx(bytes: Uint8Array): OnnxDescription {
  const collected: Collected = { nodeCount: 0, operators: new Map(), initializers: [] };
  const producer = { name: '', version: '' };
  const opsets: OnnxDescription['opsets'] = [];
  const metadata: [string, string][] = [];
  let irVersion = 0;
  let functionCount = 0;
  let graph: Uint8Array | undefined;
  for (const field of readFields(bytes)) {
    if (field.id === 1) irVersion = integerOf(field);
    if (field.id === 2) producer.name = textOf(field);
    if (field.id === 3) producer.version = textOf(field);
    if (field.id === 7) graph = bytesOf(field);
    if (field.id === 8) push(opsets, readOpset(bytesOf(field)));
    if (field.id === 14) push(metadata, readEntry(bytesOf(field)));
    if (field.id === 25) functionCount += 1;
  }
  if (irVersion < 1) throw new OnnxFormatError('it has no IR version');
  if (opsets.length === 0) throw new OnnxFormatError('it imports no operator set');
  if (graph === undefined) throw new OnnxFormatError('it has no graph');
  const { inputs, outputs } = readGraph(graph, collected, 0);
  if (outputs.length === 0) throw new OnnxFormatError('its graph has no output');

  // Files before IR version 4 list the constants among the inputs too.
  const constants = new Set(collected.initializers.map(({ name }) => name));
  return {
    irVersion,
    producer,
    opset: opsets.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version,
    opsets,
    inputs: inputs.filter(({ name }) => !constants.has(name)),
    outputs,
    nodeCount: collected.nodeCount,
    operators: [...collected.operators.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use),
    initializers: collected.initializers,
    functionCount,
    metadata: Object.fromEntries(metadata),
  };
}

function readGraph(
  message: Uint8Array,
  collected: Collected,
  depth: number,
): { inputs: OnnxValueDescription[]; outputs: OnnxValueDescription[] } {
  if (depth > DESCRIBE_LIMITS.depth) throw new OnnxFormatError('its graphs are nested too deeply');
  const inputs: OnnxValueDescription[] = [];
  const outputs: OnnxValueDescription[] = [];
  for (const field of readFields(message)) {
    if (field.id === 1) readNode(bytesOf(field), collected, depth);
    if (field.id === 5) push(collected.initializers, readInitializer(bytesOf(field)));
    if (field.id === 11) push(inputs, readValue(bytesOf(field)));
    if (field.id === 12) push(outputs, readValue(bytesOf(field)));
  }
  return { inputs, outputs };
}

function readNode(message: Uint8Array, collected: Collected, depth: number): void {
  let type = '';
  let domain = '';
  for (const field of readFields(message)) {
    if (field.id === 4) type = textOf(field);
    if (field.id === 7) domain = textOf(field);
    if (field.id === 5) readAttribute(bytesOf(field), collected, depth);
  }
  if (type === '') throw new OnnxFormatError('a node has no operator');
  collected.nodeCount += 1;
  if (collected.nodeCount > DESCRIBE_LIMITS.items) throw new OnnxFormatError('it has too many nodes');
  const key = `${domain}\0${type}`;
  const use = collected.operators.get(key) ?? { domain, type, count: 0 };
  use.count += 1;
  collected.operators.set(key, use);
}

/** Branches and loop bodies are graphs in attributes. */
function readAttribute(message: Uint8Array, collected: Collected, depth: number): void {
  for (const field of readFields(message)) {
    if (field.id === 6 || field.id === 11) readGraph(bytesOf(field), collected, depth + 1);
  }
}

function readOpset(message: Uint8Array): { domain: string; version: number } {
  const opset = { domain: '', version: 0 };
  for (const field of readFields(message)) {
    if (field.id === 1) opset.domain = textOf(field);
    if (field.id === 2) opset.version = integerOf(field);
  }
  return opset;
}

function readEntry(message: Uint8Array): [string, string] {
  const entry: [string, string] = ['', ''];
  for (const field of readFields(message)) {
    if (field.id === 1) entry[0] = textOf(field);
    if (field.id === 2) entry[1] = textOf(field, DESCRIBE_LIMITS.valueBytes);
  }
  return entry;
}

function push<T>(list: T[], item: T): void {
  if (list.length >= DESCRIBE_LIMITS.items)
    throw new OnnxFormatError(`a list has more than ${DESCRIBE_LIMITS.items} entries`);
  list.push(item);
}
