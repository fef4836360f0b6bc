import type { FieldError } from '@modelyard/contracts';

/** A recipe that cannot be trained. `fields` holds every problem found, each with the path of the field it is about. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';

  constructor(readonly fields: FieldError[]) {
    super(fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
  }
}
