import { SeededGenerator } from '@modelyard/ml-statistics';
import { resolveNetwork } from '@modelyard/ml-recipes';
import type { Operations } from '../operations/operations';
import { gradientsOf, lossOf, randomWeights } from './gradients-of';
import type { LayerCase } from './layer-cases';
import { recipeOf } from './recipe-of';

const ROWS = 4;
const CLASSES = 3;
/** Losses are single precision: a smaller step drowns in their rounding, a larger one in the curve. */
const STEP = 4e-3;

export function passFor(
  { shape, layers }: LayerCase,
  operations: Operations,
): Parameters<typeof gradientsOf>[0] {
  const topology = resolveNetwork(recipeOf(layers).model, shape, CLASSES);
  const generator = new SeededGenerator('gradient checks');
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: ROWS * size }, () => generator.normal());
  const labels = Int32Array.from({ length: ROWS }, (_, row) => row % CLASSES);
  return {
    topology,
    operations,
    weights: randomWeights(topology),
    input: { values, shape: [ROWS, ...shape] },
    labels,
  };
}

/** The largest relative difference between gradients and central differences of the loss, over a few entries of each weight and of the input. */
export function largestGradientError(layerCase: LayerCase, operations: Operations): number {
  const pass = passFor(layerCase, operations);
  const gradients = gradientsOf(pass);
  const generator = new SeededGenerator('entries');
  let largest = 0;
  for (const [name, gradient] of gradients) {
    const data = name === 'input' ? pass.input.values : pass.weights.get(name)?.data;
    if (data === undefined) throw new Error(`${name} is missing`);
    for (let check = 0; check < 4; check++) {
      const at = generator.integer(data.length);
      const before = data[at] as number;
      const loss = (change: number): number => {
        data[at] = before + change;
        return lossOf(pass);
      };
      const numeric = (loss(STEP) - loss(-STEP)) / (2 * STEP);
      data[at] = before;
      largest = Math.max(largest, Math.abs(numeric - (gradient[at] as number)) / (1 + Math.abs(numeric)));
    }
  }
  return largest;
}
