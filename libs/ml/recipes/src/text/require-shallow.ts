import { RecipeError } from '../recipe-error';

/** A recipe nests eight levels; brackets within texts may add a few that look like nesting. */
const MAX_BRACKETS = 64;

/**
 * Refuses text with too many brackets open at a time: the YAML parser takes time that grows with the square of their depth.
 * @throws RecipeError with line and column of the bracket that is too many
 */
export function requireShallow(text: string): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth <= MAX_BRACKETS) continue;
    const before = text.slice(0, i).split('\n');
    const message = `Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: the recipe is nested too deeply`;
    throw new RecipeError([{ path: '', message }]);
  }
}
