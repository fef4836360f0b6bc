import { validateSync } from 'class-validator';
import { ConfigError } from './config-error';
import { envFieldsOf } from './env.decorator';
import type { EnvField } from './env.decorator';
import { rulesOf } from './rules';
import type { FieldRules } from './rules';

type Environment = Record<string, string | undefined>;

/**
 * Reads the environment once into a typed, frozen object.
 *
 * @param schema a class whose fields carry `@Env` and class-validator decorators
 * @param env defaults to the process's environment
 * @throws ConfigError naming every wrong variable at once with the rule that it breaks, never with its value
 */
export function loadConfig<T extends object>(
  schema: new () => T,
  env: Environment = process.env,
): Readonly<T> {
  const config = new schema();
  const rules = rulesOf(schema);
  const problems = new Map<string, string[]>();
  for (const field of envFieldsOf(schema)) {
    const raw = env[field.name]?.trim();
    const value = raw === undefined || raw === '' ? field.default : parse(raw, field);
    if (value !== undefined) Object.assign(config, { [field.property]: value });
    else if (rules.get(field.property)?.optional !== true) problems.set(field.name, ['is required']);
  }
  for (const [name, sentences] of brokenRules(schema, config, rules)) {
    if (!problems.has(name)) problems.set(name, sentences);
  }
  if (problems.size > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** Text that is not of the field's type stays as it is, for the type's own rule to refuse. */
function parse(raw: string, field: EnvField): string | number | boolean {
  if (field.type === 'number') return Number(raw);
  if (field.type === 'boolean')
    return /^(true|1)$/i.test(raw) ? true : /^(false|0)$/i.test(raw) ? false : raw;
  return raw;
}

function brokenRules<T extends object>(
  schema: new () => T,
  config: T,
  rules: Map<string, FieldRules>,
): Map<string, string[]> {
  const broken = new Map<string, string[]>();
  const failures = new Map(
    validateSync(config, { forbidUnknownValues: false }).map((error) => [
      error.property,
      Object.keys(error.constraints ?? {}),
    ]),
  );
  for (const field of envFieldsOf(schema)) {
    const value = (config as Record<string, unknown>)[field.property];
    const sentences = (failures.get(field.property) ?? []).map(
      (rule) => rules.get(field.property)?.sentences.get(rule) ?? `breaks the rule ${rule}`,
    );
    if (value !== undefined && !isOfType(value, field.type)) sentences.unshift(`must be a ${field.type}`);
    if (sentences.length > 0) broken.set(field.name, sentences);
  }
  return broken;
}

function isOfType(value: unknown, type: EnvField['type']): boolean {
  return typeof value === type && !Number.isNaN(value);
}
