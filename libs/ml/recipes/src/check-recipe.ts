import type { Recipe } from '@modelyard/contracts';
import { Place, Problems } from './fields/place';
import { recipeField } from './format/recipe';
import { completeLayers } from './network/complete-layers';

/**
 * Reads a recipe from plain data, such as a JSON body, and fills everything that it leaves out. A recipe that went through
 * once comes out unchanged the second time.
 *
 * @returns a new object; `value` is not touched
 * @throws RecipeError with every problem: unknown keys and layers (with a suggestion), wrong types, values out of range
 *   (NaN and infinities are), layer names and inputs that make no graph, a last layer that gives no probabilities
 */
export function checkRecipe(value: unknown): Recipe {
  const problems = new Problems();
  const place = new Place(problems);
  const draft = recipeField.read(value, place);
  const layers = draft && completeLayers(draft.model.layers, place.key('model').key('layers'));
  problems.throwIfAny();
  if (!draft || !layers) throw new Error('A reader gave nothing, and did not say why');
  return { ...draft, model: { ...draft.model, layers } };
}
