import { describe } from './field';
import type { Field } from './field';

export function list<T>(item: Field<T>, size: { min?: number; max: number }): Field<T[]> {
  const { min = 0, max } = size;
  return {
    schema: { type: 'array', items: item.schema, minItems: min, maxItems: max },
    read(value, place) {
      if (!Array.isArray(value)) return place.report(`is ${describe(value)}, expected a list`);
      if (value.length < min) return place.report(`has ${value.length} entries, at least ${min} are needed`);
      if (value.length > max) return place.report(`has ${value.length} entries, at most ${max} are allowed`);
      const read = value.map((entry, index) => item.read(entry, place.index(index)));
      return read.some((entry) => entry === undefined) ? undefined : (read as T[]);
    },
  };
}

/** Height and width. One value alone stands for both: `3` is `[3, 3]`. */
export function pair<T>(item: Field<T>): Field<[T, T]> {
  return {
    schema: { oneOf: [item.schema, { type: 'array', items: item.schema, minItems: 2, maxItems: 2 }] },
    read(value, place) {
      if (!Array.isArray(value)) {
        const both = item.read(value, place);
        return both === undefined ? undefined : [both, both];
      }
      if (value.length !== 2) {
        return place.report(`has ${value.length} entries, expected [height, width] or one number for both`);
      }
      const first = item.read(value[0], place.index(0));
      const second = item.read(value[1], place.index(1));
      return first === undefined || second === undefined ? undefined : [first, second];
    },
  };
}

/** Tries `first` on values that `when` accepts, else `second`. */
export function either<A, B>(
  when: (value: unknown) => boolean,
  first: Field<A>,
  second: Field<B>,
): Field<A | B> {
  return {
    schema: { anyOf: [first.schema, second.schema] },
    read: (value, place) => (when(value) ? first.read(value, place) : second.read(value, place)),
  };
}
