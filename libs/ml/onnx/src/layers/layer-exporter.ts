import type { LayerType, ResolvedLayer } from '@modelyard/contracts';
import type { GraphBuilder } from '../graph/graph-builder';
import type { Layouts, Value } from '../graph/value';
import type { LayerWeights } from '../network/layer-weights';

/** A resolved layer of one type. */
export type LayerOf<T extends LayerType> = ResolvedLayer & { type: T };

/** What a layer needs to write itself. */
export interface LayerContext {
  graph: GraphBuilder;
  layouts: Layouts;
  weights: LayerWeights;
}

/** Adds a layer's nodes and weights to the graph. `inputs` has at least one value. */
export type LayerExporter<T extends LayerType> = (
  layer: LayerOf<T>,
  inputs: readonly [Value, ...Value[]],
  context: LayerContext,
) => Value;
