import { registerDecorator } from 'class-validator';

/**
 * The value must be a URL with one of these schemes, given without a colon: `@IsUrlWithScheme('redis', 'rediss')`.
 * class-validator's own URL rule refuses hosts without a dot and knows no `file:` or `s3:`.
 */
export function IsUrlWithScheme(...schemes: string[]): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isUrlWithScheme',
      target: target.constructor,
      propertyName: String(property),
      constraints: [schemes],
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          URL.canParse(value) &&
          schemes.includes(new URL(value).protocol.slice(0, -1)),
        defaultMessage: () => `must be a URL that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`,
      },
    });
  };
}
