import { registerDecorator } from 'class-validator';
import { readNumber } from '../../runs/metric-value';

const MAX_ENTRIES = 1_000;

function isNumberMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const values = Object.values(value);
  return values.length <= MAX_ENTRIES && values.every((number) => readNumber(number) !== undefined);
}

/** An object whose values are numbers, or NaN and infinities as strings. */
export function NumberMap(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'numberMap',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: isNumberMap,
        defaultMessage: () => '$property must be an object of numbers; NaN and infinities are strings',
      },
    });
  };
}
