import 'reflect-metadata';

/** What a person must know about a variable. `default` and `example` also go into the generated documentation. */
export interface EnvAbout {
  description: string;
  /** Used when the variable is absent or empty. */
  default?: string | number | boolean;
  /** Shown in `.env.example` when there is no default. */
  example?: string;
  /** Never shown anywhere: not in the documentation, not in errors. */
  secret?: boolean;
}

export interface EnvField extends EnvAbout {
  name: string;
  property: string;
  type: 'string' | 'number' | 'boolean';
}

const FIELDS = Symbol('modelyard:env-fields');

/**
 * Says which environment variable fills a field of a config class. The field's type (string, number or boolean)
 * decides how the text is read, class-validator's decorators which values are right. A class that extends another
 * may declare a field again to give it another default.
 */
export function Env(name: string, about: EnvAbout): PropertyDecorator {
  return (target, property) => {
    const field: EnvField = { ...about, name, property: String(property), type: typeOf(target, property) };
    const own: EnvField[] = (Reflect.getOwnMetadata(FIELDS, target) as EnvField[] | undefined) ?? [];
    Reflect.defineMetadata(FIELDS, [...own, field], target);
  };
}

/** All fields of a config class, those of its base classes first; a field declared again keeps its first place. */
export function envFieldsOf(schema: abstract new () => object): EnvField[] {
  const fields = new Map<string, EnvField>();
  for (const prototype of prototypesOf(schema)) {
    const own = (Reflect.getOwnMetadata(FIELDS, prototype) as EnvField[] | undefined) ?? [];
    for (const field of own) fields.set(field.property, field);
  }
  return [...fields.values()];
}

function prototypesOf(schema: abstract new () => object): object[] {
  const chain: object[] = [];
  let prototype = schema.prototype as object | null;
  while (prototype !== null && prototype !== Object.prototype) {
    chain.unshift(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return chain;
}

function typeOf(target: object, property: string | symbol): EnvField['type'] {
  const type: unknown = Reflect.getMetadata('design:type', target, property);
  if (type === Number) return 'number';
  if (type === Boolean) return 'boolean';
  return 'string';
}
