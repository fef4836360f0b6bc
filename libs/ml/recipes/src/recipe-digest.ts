import { createHash } from 'node:crypto';
import type { Recipe } from '@modelyard/contracts';

/**
 * The identity of a recipe: `sha256:<hex>` over its canonical JSON (keys sorted, no spaces). How it was written (key order,
 * comments, YAML or JSON, a default given or left out) makes no difference.
 * @param recipe complete, as `checkRecipe` and `parseRecipe` return it
 */
export function recipeDigest(recipe: Recipe): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(sorted(recipe)))
    .digest('hex')}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, content]) => content !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, content]) => [key, sorted(content)]));
}
