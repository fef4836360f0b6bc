import { describeValue } from '@modelyard/ml-recipes';
import type { Field } from '@modelyard/ml-recipes';

/** An object with keys of the user's own choice, up to `most` of them. */
export function named<T>(item: Field<T>, most: number): Field<Record<string, T>> {
  return {
    schema: { type: 'object', additionalProperties: item.schema, maxProperties: most },
    read(value, place) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return place.report(`is ${describeValue(value)}, expected an object with a rule for each column`);
      }
      const entries = Object.entries(value);
      if (entries.length > most) {
        return place.report(`has ${entries.length} entries, at most ${most} are allowed`);
      }
      const read = entries.map(([name, content]) => [name, item.read(content, place.key(name))] as const);
      if (read.some(([, content]) => content === undefined)) return undefined;
      // A column may be called __proto__: `fromEntries` defines it, an assignment would not.
      return Object.fromEntries(read) as Record<string, T>;
    },
  };
}
