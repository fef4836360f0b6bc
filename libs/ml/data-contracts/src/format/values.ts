import { describeValue } from '@modelyard/ml-recipes';
import type { Field } from '@modelyard/ml-recipes';
import { MOMENT_PATTERN, utcText } from './moments';

/** A bound of a column: a finite number, or a date (ISO 8601; without an offset it is UTC). */
export function bound(): Field<number | string> {
  return {
    schema: { anyOf: [{ type: 'number' }, { type: 'string', pattern: MOMENT_PATTERN }] },
    read(value, place) {
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      if (typeof value === 'string' && utcText(value) !== undefined) return value;
      const hint =
        typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
          ? ` Write ${Number(value)} without quotes.`
          : '';
      return place.report(
        `is ${describeValue(value)}, expected a number, or a date such as "2026-01-31" or "2026-01-31T12:00:00Z".${hint}`,
      );
    },
  };
}

/** A value that a column may have. */
export function plainValue(): Field<string | number | boolean> {
  return {
    schema: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    read(value, place) {
      if (typeof value === 'string' || typeof value === 'boolean') return value;
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      return place.report(`is ${describeValue(value)}, expected text, a number, true or false`);
    },
  };
}

/** A name as the data have it: of a class or column, with any characters, even without one. */
export function nameInData(max: number): Field<string> {
  return {
    schema: { type: 'string', maxLength: max },
    read(value, place) {
      if (typeof value !== 'string') return place.report(`is ${describeValue(value)}, expected text`);
      // Characters, as JSON Schema counts them: those beyond 16 bits are one.
      const length = value.length > max ? [...value].length : value.length;
      if (length > max) return place.report(`has ${length} characters, at most ${max} are allowed`);
      return value;
    },
  };
}
