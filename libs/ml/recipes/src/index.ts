export { checkRecipe } from './check-recipe';
export { checkRecipeAgainst } from './check-recipe-against';
export type { NetworkPlan } from './check-recipe-against';
export { RECIPE_JSON_SCHEMA } from './format/json-schema';
export { RECIPE_LIMITS } from './limits';
export { resolveNetwork } from './network/resolve-network';
export { recipeDigest } from './recipe-digest';
export { RecipeError } from './recipe-error';
export { parseRecipe } from './text/parse-recipe';
