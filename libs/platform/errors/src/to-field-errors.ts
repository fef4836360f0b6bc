import type { FieldError } from '@modelyard/contracts';
import { getMetadataStorage } from 'class-validator';
import type { ValidationError } from 'class-validator';

/** Flattens class-validator's tree into one entry for each broken rule. List positions are written `[2]`. */
export function toFieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = join(parent, error.property);
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      path,
      message: rule === 'whitelistValidation' ? unknownField(error) : withoutSubject(message, error.property),
    }));
    return [...own, ...toFieldErrors(error.children ?? [], path)];
  });
}

function join(parent: string, property: string): string {
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}

/** The path names the field already: `name must be a string` → `must be a string`. */
function withoutSubject(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}

function unknownField(error: ValidationError): string {
  const known = new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(error.target?.constructor ?? Object, '', false, false)
      .map((metadata) => metadata.propertyName),
  );
  return known.size === 0
    ? 'is not a known field'
    : `is not a known field; known are ${[...known].join(', ')}`;
}
