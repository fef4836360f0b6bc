import type { DatasetSchema, FieldError, Recipe } from '@modelyard/contracts';
import { checkRecipe, checkRecipeAgainst, parseRecipe, RecipeError } from '@modelyard/ml-recipes';
import { AppError } from '@modelyard/platform-errors';

/**
 * Reads the recipe of a request: YAML text, the recipe itself as a JSON object, or `{ recipe }` with either of them.
 * @throws AppError VALIDATION_FAILED with every wrong field, by its path in the body
 */
export function readRecipe(body: unknown): Recipe {
  if (typeof body === 'string') return orRefused('', () => parseRecipe(body));
  if (!isObject(body)) {
    const message = 'must be a recipe: a JSON object, or YAML with Content-Type application/yaml';
    throw refused([{ path: '', message }]);
  }
  if (!('recipe' in body)) return orRefused('', () => checkRecipe(body));
  const [unknown] = Object.keys(body).filter((key) => key !== 'recipe');
  if (unknown !== undefined)
    throw refused([{ path: unknown, message: 'is not a known field beside recipe' }]);
  const { recipe } = body;
  return orRefused('recipe', () => (typeof recipe === 'string' ? parseRecipe(recipe) : checkRecipe(recipe)));
}

/** @throws AppError VALIDATION_FAILED when the recipe cannot be trained on samples like these */
export function requireFit(recipe: Recipe, schema: DatasetSchema): void {
  orRefused('', () => checkRecipeAgainst(recipe, schema));
}

function orRefused<T>(parent: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    throw refused(error.fields.map(({ path, message }) => ({ path: join(parent, path), message })));
  }
}

function join(parent: string, path: string): string {
  if (parent === '' || path === '') return parent || path;
  return path.startsWith('[') ? `${parent}${path}` : `${parent}.${path}`;
}

function refused(fields: FieldError[]): AppError {
  const [first] = fields;
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : '';
  return new AppError('VALIDATION_FAILED', `${first?.path} ${first?.message}${more}`.trim(), { fields });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
