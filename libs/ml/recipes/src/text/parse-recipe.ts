import type { Recipe } from '@modelyard/contracts';
import { checkRecipe } from '../check-recipe';
import { RECIPE_LIMITS } from '../limits';
import { RecipeError } from '../recipe-error';
import { readYaml } from './read-yaml';

/**
 * Reads a recipe from text. YAML is version 1.2, a single document, without duplicate keys; JSON likewise, and nothing
 * that only YAML allows. Both are read in time linear in their length.
 *
 * @throws RecipeError when the text is too long, or not such YAML or JSON; else as {@link checkRecipe}
 */
export function parseRecipe(text: string, format: 'yaml' | 'json' = 'yaml'): Recipe {
  const size = new TextEncoder().encode(text).length;
  if (size > RECIPE_LIMITS.textBytes) {
    fail(`The recipe has ${size} bytes, at most ${RECIPE_LIMITS.textBytes} are allowed`);
  }
  if (text.trim() === '') fail('The recipe is empty');
  if (format === 'json') requireJson(text);
  return checkRecipe(readYaml(text));
}

/** JSON.parse does not see duplicate keys; the YAML parser, which reads JSON too, does. */
function requireJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    fail(`The recipe is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fail(message: string): never {
  throw new RecipeError([{ path: '', message }]);
}
