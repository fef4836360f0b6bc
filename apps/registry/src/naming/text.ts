import { registerDecorator } from 'class-validator';

/** What is wrong with a text of `min` to `max` characters, or undefined. PostgreSQL stores every character but NUL. */
export function textProblem(value: unknown, max: number, min = 0): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  if (value.length < min) return min === 1 ? 'must not be empty' : `must have at least ${min} characters`;
  if (value.length > max) return `must have at most ${max} characters`;
  return value.includes('\u0000') ? 'must not hold NUL characters' : undefined;
}

/** A string of at most `max` characters (and at least `min`, 0 by default) that the database can store. */
export function Text(max: number, min = 0): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'text',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => textProblem(value, max, min) === undefined,
        defaultMessage: (context) => `$property ${textProblem(context?.value, max, min) ?? ''}`,
      },
    });
  };
}

/** A list of such strings. */
export function EachText(max: number, min = 0): PropertyDecorator {
  return (target, property) => {
    const problem = (value: unknown): string | undefined =>
      Array.isArray(value) ? value.map((item) => textProblem(item, max, min)).find(Boolean) : undefined;
    registerDecorator({
      name: 'eachText',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => problem(value) === undefined,
        defaultMessage: (context) => `each of $property ${problem(context?.value) ?? ''}`,
      },
    });
  };
}
