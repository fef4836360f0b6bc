import type { Place } from './place';

export type JsonSchema = Record<string, unknown>;

/** How one kind of value is read and checked, and the same rule as JSON Schema (draft 2020-12) for editors and forms. */
export interface Field<T> {
  readonly schema: JsonSchema;
  /** The value, copied, with defaults filled; undefined after reporting what is wrong with it. */
  read(value: unknown, place: Place): T | undefined;
}

/** Names a wrong value in an error: what it is, short. */
export function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
