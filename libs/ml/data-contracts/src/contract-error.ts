import type { FieldError } from '@modelyard/contracts';

/** A contract that cannot be checked. `fields` holds every problem found, each with the path of the rule it is about. */
export class ContractError extends Error {
  override readonly name = 'ContractError';

  constructor(readonly fields: FieldError[]) {
    super(fields.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n'));
  }
}
