import { describeValue } from '@modelyard/ml-recipes';
import type { Field } from '@modelyard/ml-recipes';

/** A date or a date and time in ISO 8601; without an offset it is UTC. */
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** A bound of a column: a finite number, or a date. */
export function bound(): Field<number | string> {
  return {
    schema: { type: ['number', 'string'] },
    read(value, place) {
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      if (typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value))) return value;
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
    schema: { type: ['string', 'number', 'boolean'] },
    read(value, place) {
      if (typeof value === 'string' || typeof value === 'boolean') return value;
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      return place.report(`is ${describeValue(value)}, expected text, a number, true or false`);
    },
  };
}
