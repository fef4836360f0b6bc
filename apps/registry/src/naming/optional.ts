import { ValidateIf } from 'class-validator';

/** The field may be absent. Unlike class-validator's `IsOptional`, `null` is no way to say so. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
