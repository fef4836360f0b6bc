import { RecipeError } from '../recipe-error';

/** The problems that `check` finds, as `path: message`; none when it finds nothing wrong. */
export function problemsOf(check: () => unknown): string[] {
  try {
    check();
  } catch (error) {
    if (error instanceof RecipeError) return error.fields.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}
