import type { LayersTopology, ResolvedLayer } from '@modelyard/contracts';
import { ExportError } from '../export-error';
import type { Value } from '../graph/value';
import { LAYER_EXPORTERS } from '../layers/exportable-layers';
import type { LayerContext, LayerExporter } from '../layers/layer-exporter';

/** The name by which layers read what goes into the network. */
const NETWORK_INPUT = 'input';

/** @throws ExportError when two layers have one name, or a layer has the name of the network's input */
export function checkNames({ layers }: LayersTopology): void {
  const names = new Set([NETWORK_INPUT]);
  for (const { name } of layers) {
    if (names.has(name)) throw new ExportError('another layer has the same name', name);
    names.add(name);
  }
}

/**
 * Adds all layers to the graph, in the topology's order.
 * @returns what the last layer gives
 * @throws ExportError for a layer without exporter, an unknown input, or a shape that isn't the one described
 */
export function translateNetwork(topology: LayersTopology, input: Value, context: LayerContext): Value {
  const values = new Map<string, Value>([[NETWORK_INPUT, input]]);
  let last: Value | undefined;
  for (const layer of topology.layers) {
    if (!Object.hasOwn(LAYER_EXPORTERS, layer.type)) {
      throw new ExportError(`layers of type "${String(layer.type)}" have no form in ONNX`, layer.name);
    }
    const exportLayer = LAYER_EXPORTERS[layer.type] as LayerExporter<typeof layer.type>;
    last = exportLayer(layer, readInputs(layer, values), context);
    expectShape(last.shape, layer.outputShape, layer.name, 'gives');
    values.set(layer.name, last);
  }
  if (last === undefined) throw new ExportError('The network has no layers');
  return last;
}

function readInputs(layer: ResolvedLayer, values: Map<string, Value>): [Value, ...Value[]] {
  const inputs = layer.inputs.map((name, index) => {
    const value = values.get(name);
    if (value === undefined) throw new ExportError(`its input "${name}" is no earlier layer`, layer.name);
    expectShape(value.shape, layer.inputShapes[index] ?? [], layer.name, 'takes');
    return value;
  });
  const [first, ...others] = inputs;
  if (first === undefined) throw new ExportError('it has no input', layer.name);
  return [first, ...others];
}

function expectShape(
  actual: readonly number[],
  described: readonly number[],
  layer: string,
  verb: string,
): void {
  if (actual.join() === described.join()) return;
  throw new ExportError(
    `it ${verb} [${actual.join(', ')}], but is described with [${described.join(', ')}]`,
    layer,
  );
}
