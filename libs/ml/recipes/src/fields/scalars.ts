import { describe } from './field';
import type { Field } from './field';
import { didYouMean } from './suggestion';

interface Range {
  min: number;
  max: number;
  /** The bound itself is not allowed. */
  above?: true;
  below?: true;
}

/** A finite number in a range. */
export function number(range: Range): Field<number> {
  return {
    schema: {
      type: 'number',
      [range.above ? 'exclusiveMinimum' : 'minimum']: range.min,
      [range.below ? 'exclusiveMaximum' : 'maximum']: range.max,
    },
    read(value, place) {
      if (typeof value === 'number' && inside(value, range)) return value;
      return place.report(`is ${describe(value)}, expected a number ${rangeText(range)}`);
    },
  };
}

/** A whole number in a range, both ends included. */
export function integer(range: { min: number; max: number }): Field<number> {
  return {
    schema: { type: 'integer', minimum: range.min, maximum: range.max },
    read(value, place) {
      if (Number.isInteger(value) && inside(value as number, range)) return value as number;
      return place.report(`is ${describe(value)}, expected a whole number ${rangeText(range)}`);
    },
  };
}

export function flag(): Field<boolean> {
  return {
    schema: { type: 'boolean' },
    read(value, place) {
      return typeof value === 'boolean'
        ? value
        : place.report(`is ${describe(value)}, expected true or false`);
    },
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[]): Field<T> {
  return {
    schema: words.length === 1 ? { const: words[0] } : { enum: [...words] },
    read(value, place) {
      const known = words.find((word) => word === value);
      if (known !== undefined) return known;
      const suggestion = typeof value === 'string' ? didYouMean(value, words) : '';
      const expected = words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`;
      return place.report(`is ${describe(value)}, expected ${expected}.${suggestion}`);
    },
  };
}

/** Text of one line or, with `lines`, of many. */
export function text(rule: { min?: number; max: number; lines?: true }): Field<string> {
  const { min = 1, max, lines } = rule;
  const pattern = lines ? '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*$' : '^[^\\u0000-\\u001f\\u007f]*$';
  const expression = new RegExp(pattern, 'u');
  return {
    schema: { type: 'string', minLength: min, maxLength: max, pattern },
    read(value, place) {
      if (typeof value !== 'string') return place.report(`is ${describe(value)}, expected text`);
      if (value.length < min) return place.report('is empty');
      if (value.length > max)
        return place.report(`has ${value.length} characters, at most ${max} are allowed`);
      return expression.test(value) ? value : place.report('contains control characters');
    },
  };
}

/** A name that stands in URLs, too. */
export function slug(): Field<string> {
  const pattern = '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$';
  const expression = new RegExp(pattern);
  return {
    schema: { type: 'string', pattern },
    read(value, place) {
      if (typeof value === 'string' && expression.test(value)) return value;
      return place.report(
        `is ${describe(value)}, expected up to 100 letters, digits, dots, dashes and underscores, a letter or digit first`,
      );
    },
  };
}

function inside(value: number, { min, max, above, below }: Range): boolean {
  // NaN fails both comparisons.
  return (above ? value > min : value >= min) && (below ? value < max : value <= max);
}

function rangeText({ min, max, above, below }: Range): string {
  if (!above && !below) return `from ${min} to ${max}`;
  return `${above ? 'above' : 'from'} ${min} ${below ? 'and below' : 'up to'} ${max}`;
}
