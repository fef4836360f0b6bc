import type { LayerSpec, LayersTopology, NetworkModel, ResolvedLayer } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import type { Place } from '../fields/place';
import { Place as RecipePlace, Problems } from '../fields/place';
import { RECIPE_LIMITS } from '../limits';
import { NETWORK_INPUT } from './complete-layers';
import { outputShape } from './output-shape';

/**
 * Works out every layer's shapes for samples of one shape.
 *
 * @param model a checked recipe's
 * @param inputShape of one sample: [height, width, channels] or [columns]
 * @param classes how many
 * @throws RecipeError naming each layer that does not fit what comes before it
 */
export function resolveNetwork(model: NetworkModel, inputShape: number[], classes: number): LayersTopology {
  const problems = new Problems();
  const place = new RecipePlace(problems).key('model').key('layers');
  const shapes = new Map<string, number[]>([[NETWORK_INPUT, inputShape]]);
  const layers: ResolvedLayer[] = [];
  model.layers.forEach((layer, index) => {
    const inputs = layer.inputs.map((name) => shapes.get(name));
    // Behind a layer that does not fit nothing can be said.
    if (!inputs.every((shape) => shape !== undefined)) return;
    const resolved = resolveLayer(layer, inputs, classes, place.index(index));
    if (!resolved) return;
    layers.push(resolved);
    shapes.set(layer.name, resolved.outputShape);
  });
  checkOutput(layers.at(-1), model, classes, place);
  problems.throwIfAny();
  return { inputShape: [...inputShape], classes, layers };
}

function resolveLayer(
  layer: LayerSpec,
  inputShapes: number[][],
  classes: number,
  place: Place,
): ResolvedLayer | undefined {
  const shape = outputShape(layer, inputShapes, classes);
  if (!Array.isArray(shape)) {
    return (shape.key === undefined ? place : place.key(shape.key)).report(shape.message);
  }
  if (product(shape) > RECIPE_LIMITS.valuesPerSample) {
    return place.report(
      `makes ${product(shape)} values of one sample, at most ${RECIPE_LIMITS.valuesPerSample} are allowed`,
    );
  }
  const shapes = { inputShapes, outputShape: shape };
  if (layer.type === 'dense') return { ...layer, units: shape[0] as number, ...shapes };
  if (layer.type === 'reshape') return { ...layer, targetShape: shape, ...shapes };
  return { ...layer, ...shapes };
}

/** A last `activation: softmax` must stand behind as many values as there are classes. */
function checkOutput(
  last: ResolvedLayer | undefined,
  model: NetworkModel,
  classes: number,
  place: Place,
): void {
  const index = model.layers.length - 1;
  if (!last || last.name !== model.layers[index]?.name) return;
  if (last.outputShape.length === 1 && last.outputShape[0] === classes) return;
  place.index(index).report(`gives [${last.outputShape.join(', ')}], and the dataset has ${classes} classes`);
}
