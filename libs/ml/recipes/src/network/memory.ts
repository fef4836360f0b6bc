import type { LayersTopology, OptimizerSpec } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';

const FLOAT_BYTES = 4;

/**
 * About how many bytes one training step holds: weights, their gradients and what the optimizer keeps of each; and for each
 * sample of a batch every layer's output with its gradient, and once more where an activation comes behind. What a backend
 * takes to work in comes on top.
 */
export function trainingMemory(
  topology: LayersTopology,
  parameters: number,
  optimizer: OptimizerSpec,
  batchSize: number,
): number {
  const perWeight = 2 + optimizerSlots(optimizer);
  const perSample = topology.layers.reduce((sum, layer) => {
    const hasActivation = 'activation' in layer && layer.activation !== 'linear';
    return sum + product(layer.outputShape) * (hasActivation ? 3 : 2);
  }, product(topology.inputShape));
  return FLOAT_BYTES * (parameters * perWeight + perSample * batchSize);
}

function optimizerSlots(optimizer: OptimizerSpec): number {
  switch (optimizer.type) {
    case 'sgd':
      return optimizer.momentum > 0 ? 1 : 0;
    case 'adam':
      return 2;
    case 'rmsprop':
      return 2;
  }
}
