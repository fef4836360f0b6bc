import { describe } from './field';
import type { Field, JsonSchema } from './field';
import type { Place } from './place';
import { didYouMean } from './suggestion';

/** One key of an object: its rule, what it means, and what happens when it is absent. */
export interface Property<T, Absent extends 'error' | 'default' | 'undefined'> {
  field: Field<T>;
  about: string;
  absent: Absent;
  fallback?: T;
}
type AnyProperty = Property<unknown, 'error' | 'default' | 'undefined'>;
export type Properties = Record<string, AnyProperty>;

type ValueOf<P> = P extends { field: Field<infer T> } ? T : never;
type OptionalKeys<P> = { [K in keyof P]: P[K] extends { absent: 'undefined' } ? K : never }[keyof P];
/** The type of the object that such properties describe. */
export type ObjectOf<P> = { [K in Exclude<keyof P, OptionalKeys<P>>]: ValueOf<P[K]> } & {
  [K in OptionalKeys<P>]?: ValueOf<P[K]>;
};

export function required<T>(field: Field<T>, about: string): Property<T, 'error'> {
  return { field, about, absent: 'error' };
}

export function withDefault<T>(field: Field<T>, fallback: NoInfer<T>, about: string): Property<T, 'default'> {
  return { field, about, absent: 'default', fallback };
}

export function optional<T>(field: Field<T>, about: string): Property<T, 'undefined'> {
  return { field, about, absent: 'undefined' };
}

/** An object with these keys and no others. */
export function object<P extends Properties>(properties: P): Field<ObjectOf<P>> {
  const entries = Object.entries(properties);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, property]) => [name, propertySchema(property)])),
      required: entries.filter(([, { absent }]) => absent === 'error').map(([name]) => name),
      additionalProperties: false,
    },
    read(value, place) {
      if (!isObject(value)) return place.report(`is ${describe(value)}, expected ${keysText(properties)}`);
      reportUnknownKeys(value, properties, place);
      const read = entries.map(
        ([name, property]) => [name, readProperty(value, name, property, place)] as const,
      );
      if (read.some(([, { failed }]) => failed)) return undefined;
      const present = read.filter(([, { value: content }]) => content !== undefined);
      return Object.fromEntries(present.map(([name, { value: content }]) => [name, content])) as ObjectOf<P>;
    },
  };
}

/** Any keys that `keys` allows, each with such a value. */
export function record<K extends string, T>(
  keys: readonly K[],
  item: Field<T>,
): Field<Partial<Record<K, T>>> {
  return object(
    Object.fromEntries(keys.map((key) => [key, optional(item, '')])) as Record<K, Property<T, 'undefined'>>,
  );
}

type VariantOf<V extends Record<string, Properties>> = {
  [K in keyof V & string]: { type: K } & ObjectOf<V[K]>;
}[keyof V & string];

/** An object whose `type` says which keys it has. */
export function variants<V extends Record<string, Properties>>(kinds: V, what: string): Field<VariantOf<V>> {
  const names = Object.keys(kinds);
  const fields = new Map(
    Object.entries(kinds).map(([type, properties]) => {
      const withType = { type: required({ schema: { const: type }, read: () => type }, what), ...properties };
      return [type, object(withType)];
    }),
  );
  return {
    schema: { oneOf: [...fields.values()].map(({ schema }) => schema) },
    read(value, place) {
      if (!isObject(value)) return place.report(`is ${describe(value)}, expected an object with a type`);
      const type = Object.hasOwn(value, 'type') ? value.type : undefined;
      if (type === undefined)
        return place.key('type').report(`is missing, expected one of ${names.join(', ')}`);
      const field = typeof type === 'string' ? fields.get(type) : undefined;
      if (field) return field.read(value, place) as VariantOf<V> | undefined;
      const suggestion = typeof type === 'string' ? didYouMean(type, names) : '';
      return place
        .key('type')
        .report(`is ${describe(type)}, no ${what}.${suggestion} Known: ${names.join(', ')}`);
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readProperty(
  object: Record<string, unknown>,
  name: string,
  property: AnyProperty,
  place: Place,
): { value: unknown; failed: boolean } {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (value !== undefined) {
    const content = property.field.read(value, place.key(name));
    return { value: content, failed: content === undefined };
  }
  if (property.absent === 'error') {
    place.key(name).report(`is missing: ${property.about}`);
    return { value: undefined, failed: true };
  }
  // A copy: whoever gets a recipe may change it.
  return { value: structuredClone(property.fallback), failed: false };
}

function reportUnknownKeys(value: Record<string, unknown>, properties: Properties, place: Place): void {
  const known = Object.keys(properties);
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name)) continue;
    const suggestion = didYouMean(name, known);
    place
      .key(name)
      .report(`is not known here.${suggestion === '' ? ` Known: ${known.join(', ')}` : suggestion}`);
  }
}

function keysText(properties: Properties): string {
  return `an object with ${Object.keys(properties).join(', ')}`;
}

function propertySchema({ field, about, absent, fallback }: AnyProperty): JsonSchema {
  return {
    ...field.schema,
    ...(about !== '' && { description: about }),
    ...(absent === 'default' && { default: fallback }),
  };
}
