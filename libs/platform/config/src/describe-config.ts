import { envFieldsOf } from './env.decorator';
import type { EnvField } from './env.decorator';
import { rulesOf } from './rules';

/** One variable of a service, with all that `.env.example` and the configuration page say about it. */
export interface EnvVariable {
  name: string;
  /** The field of the config class. */
  property: string;
  type: EnvField['type'];
  description: string;
  /** Neither optional nor with a default: the service does not start without it. */
  required: boolean;
  default?: string;
  example?: string;
  secret: boolean;
  /** What a value must be, as sentences without a subject: `must be an integer number`. */
  rules: string[];
}

/** Describes every variable that a config class reads, in the order of its fields, base classes first. */
export function describeConfig(schema: abstract new () => object): EnvVariable[] {
  const rules = rulesOf(schema);
  return envFieldsOf(schema).map((field) => ({
    name: field.name,
    property: field.property,
    type: field.type,
    description: field.description,
    required: field.default === undefined && rules.get(field.property)?.optional !== true,
    ...(field.default === undefined ? {} : { default: String(field.default) }),
    ...(field.example === undefined ? {} : { example: field.example }),
    secret: field.secret ?? false,
    rules: [...(rules.get(field.property)?.sentences.values() ?? [])],
  }));
}
