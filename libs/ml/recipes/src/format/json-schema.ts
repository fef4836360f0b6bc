import type { JsonSchema } from '../fields/field';
import { recipeField } from './recipe';

/**
 * JSON Schema (draft 2020-12) of a recipe as people write it, for editors and forms. It is made from the same rules that
 * `checkRecipe` reads by. What needs more than one field to judge (names of inputs, shapes, the last layer) is
 * `checkRecipe`'s alone.
 */
export const RECIPE_JSON_SCHEMA: Readonly<JsonSchema> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Modelyard recipe',
  description: 'The whole description of a training.',
  ...recipeField.schema,
};
