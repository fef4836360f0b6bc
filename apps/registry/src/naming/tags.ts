import { applyDecorators } from '@nestjs/common';
import { registerDecorator } from 'class-validator';

/** What a map of strings may hold. Lengths in characters. */
export interface TextMapRules {
  maxEntries: number;
  maxKey: number;
  maxValue: number;
}

export const TAG_RULES: Record<'experiment' | 'run' | 'registry', TextMapRules> = {
  experiment: { maxEntries: 100, maxKey: 250, maxValue: 5_000 },
  run: { maxEntries: 100, maxKey: 250, maxValue: 8_000 },
  registry: { maxEntries: 100, maxKey: 250, maxValue: 100_000 },
};
export const PARAM_RULES: TextMapRules = { maxEntries: 100, maxKey: 250, maxValue: 6_000 };

/** MLflow's rule for keys of params, metrics and tags. */
const KEY = /^[/\w.\- :]+$/;

/** What is wrong with a key, or undefined. A key is also a path, so it must be equal to its normalised form. */
export function keyProblem(key: string, maxLength: number): string | undefined {
  if (key.length === 0 || key.length > maxLength) return `a key must have 1 to ${maxLength} characters`;
  if (!KEY.test(key))
    return `key '${key}' may hold letters, digits, \`_\`, \`.\`, \`-\`, \`/\`, \`:\` and spaces only`;
  const parts = key.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return `key '${key}' must not begin or end with \`/\` or hold \`//\`, \`.\` or \`..\` as a part`;
  }
  return undefined;
}

/** What is wrong with a map of strings, or undefined. */
export function textMapProblem(value: unknown, rules: TextMapRules): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'must be an object of strings';
  const entries = Object.entries(value);
  if (entries.length > rules.maxEntries) return `must have at most ${rules.maxEntries} entries`;
  for (const [key, text] of entries) {
    const problem = keyProblem(key, rules.maxKey);
    if (problem !== undefined) return problem;
    if (typeof text !== 'string') return `'${key}' must be a string`;
    if (text.length > rules.maxValue) return `'${key}' must have at most ${rules.maxValue} characters`;
    if (text.includes('\u0000')) return `'${key}' must not hold NUL characters`;
  }
  return undefined;
}

/** An object whose values are strings within `rules`. */
export function TextMap(rules: TextMapRules): PropertyDecorator {
  return applyDecorators((target: object, property?: string | symbol) => {
    registerDecorator({
      name: 'textMap',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => textMapProblem(value, rules) === undefined,
        defaultMessage: (context) => `$property: ${textMapProblem(context?.value, rules) ?? ''}`,
      },
    });
  });
}
