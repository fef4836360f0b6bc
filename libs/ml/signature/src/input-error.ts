import type { FieldError } from '@modelyard/contracts';

/** What a client sent does not fit the signature. Every entry names a field as the client wrote it, and what was expected there. */
export class InputError extends Error {
  constructor(readonly fields: FieldError[]) {
    super(fields.map((field) => field.message).join('; '));
    this.name = 'InputError';
  }

  static at(path: string, message: string): InputError {
    return new InputError([{ path, message }]);
  }
}
