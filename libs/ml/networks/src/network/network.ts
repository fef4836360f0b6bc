import type { LayersTopology, ResolvedLayer } from '@modelyard/contracts';
import type { Tensor } from '@tensorflow/tfjs';
import type { Operations } from '../operations/operations';
import type { LayerContext } from './forward-layers';
import { FORWARD } from './forward-layers';
import { fullName } from './layer-weights';

export interface TrainingPass {
  /** Two seeds for the layer's random numbers at this step. */
  seeds(layer: string): readonly [number, number];
  /** Takes over a layer's new moving mean and variance: they are the receiver's to dispose of. */
  keepMoving(layer: string, mean: Tensor, variance: Tensor): void;
}

/**
 * Computes the logits of a batch: the last layer's softmax is left out, because a loss from logits is exact where
 * probabilities have rounded to 0 or 1.
 * @param weights by full name
 * @param training left out: inference, where dropout does nothing and batch normalization uses its moving values
 * @returns [batch, classes]
 */
export function forward(
  topology: LayersTopology,
  operations: Operations,
  weights: ReadonlyMap<string, Tensor>,
  input: Tensor,
  training?: TrainingPass,
): Tensor {
  const outputs = new Map<string, Tensor>([['input', input]]);
  let last = input;
  topology.layers.forEach((layer, index) => {
    const inputs = layer.inputs.map((name) => outputs.get(name) as Tensor) as [Tensor, ...Tensor[]];
    const context: LayerContext = {
      operations,
      weight: (name) => weights.get(fullName(layer, name)) as Tensor,
      ...(training === undefined ? {} : { training: forLayer(training, layer) }),
    };
    const isLast = index === topology.layers.length - 1;
    last = computeLayer(isLast ? withoutSoftmax(layer) : layer, inputs, context);
    outputs.set(layer.name, last);
  });
  return last;
}

function computeLayer(layer: ResolvedLayer, inputs: [Tensor, ...Tensor[]], context: LayerContext): Tensor {
  // The record has one function per type, each for its own type: the compiler cannot follow the pair through the look-up.
  const compute = FORWARD[layer.type] as (
    layer: ResolvedLayer,
    inputs: [Tensor, ...Tensor[]],
    context: LayerContext,
  ) => Tensor;
  return compute(layer, inputs, context);
}

function withoutSoftmax(layer: ResolvedLayer): ResolvedLayer {
  const endsInSoftmax =
    'activation' in layer && (layer.activation === 'softmax' || layer.activation === 'logSoftmax');
  return endsInSoftmax ? { ...layer, activation: 'linear' } : layer;
}

function forLayer(training: TrainingPass, { name }: ResolvedLayer): NonNullable<LayerContext['training']> {
  return {
    seeds: () => training.seeds(name),
    keepMoving: (mean, variance) => training.keepMoving(name, mean, variance),
  };
}
