import { ExportError } from '../export-error';
import { applyActivation } from './activation';
import type { LayerExporter } from './layer-exporter';

/** A dense layer works on the last axis, whatever stands before it. L2 is a matter of training alone. */
export const exportDense: LayerExporter<'dense'> = (layer, [input], { graph, layouts, weights }) => {
  const { name, units } = layer;
  if (typeof units !== 'number') throw new ExportError(`its units are "${units}", expected a number`, name);
  const x = layouts.channelsLast(name, input);
  const columns = x.shape.at(-1) as number;
  const kernel = weights.read(name, 'kernel', [columns, units]);
  const bias = layer.useBias ? weights.read(name, 'bias', [units]) : undefined;

  const operands = [x.tensor, graph.floats(`${name}/kernel`, kernel.shape, kernel.data)];
  const addend = bias === undefined ? undefined : graph.floats(`${name}/bias`, bias.shape, bias.data);
  let tensor: string;
  if (x.shape.length === 1 && addend !== undefined) {
    tensor = graph.node(name, 'Gemm', [...operands, addend]);
  } else {
    tensor = graph.node(name, 'MatMul', operands);
    if (addend !== undefined) tensor = graph.node(name, 'Add', [tensor, addend]);
  }
  const shape = [...x.shape.slice(0, -1), units];
  return applyActivation(graph, name, layer.activation, { tensor, shape, layout: 'channelsLast' });
};
