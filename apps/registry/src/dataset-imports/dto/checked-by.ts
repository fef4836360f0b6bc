import { registerDecorator } from 'class-validator';

/** A field that is checked by a function which says what is wrong with a value, or undefined. */
export function CheckedBy(name: string, problem: (value: unknown) => string | undefined): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => problem(value) === undefined,
        defaultMessage: (context) => `$property ${problem(context?.value) ?? ''}`,
      },
    });
  };
}
