import { getMetadataStorage } from 'class-validator';
import type { ValidationArguments } from 'class-validator';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type MessageSource = { defaultMessage?(args: ValidationArguments): string };

/** The class-validator rules of one field. */
export interface FieldRules {
  optional: boolean;
  /** Each rule's name (`isInt`) and its sentence without the field's name: `must be an integer number`. */
  sentences: Map<string, string>;
}

/**
 * The rules of every field of a class, as sentences. They are made from the rules alone, never from a validated
 * value, so that no value can find its way into an error.
 */
export function rulesOf(schema: abstract new () => object): Map<string, FieldRules> {
  const rules = new Map<string, FieldRules>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(schema, '', false, false)) {
    const field = rules.get(metadata.propertyName) ?? {
      optional: false,
      sentences: new Map<string, string>(),
    };
    if (metadata.type === 'conditionalValidation') field.optional = true;
    else field.sentences.set(nameOf(metadata), sentenceOf(metadata));
    rules.set(metadata.propertyName, field);
  }
  return rules;
}

function nameOf(metadata: Metadata): string {
  return metadata.name ?? metadata.type;
}

function sentenceOf(metadata: Metadata): string {
  const constraints: unknown[] = (metadata.constraints as unknown[] | undefined) ?? [];
  const args = { value: undefined, constraints, targetName: '', object: {}, property: '' };
  const message = metadata.message as Metadata['message'] | undefined;
  const text = typeof message === 'function' ? message(args) : (message ?? defaultMessage(metadata, args));
  return text
    .replace(/\$constraint(\d+)/g, (_, index: string) => textOf(constraints[Number(index) - 1]))
    .replace(/\$property\s*|\$value/g, '')
    .trim();
}

function defaultMessage(metadata: Metadata, args: ValidationArguments): string {
  const constraint = new (metadata.constraintCls as new () => MessageSource)();
  return constraint.defaultMessage?.(args) ?? nameOf(metadata);
}

function textOf(constraint: unknown): string {
  return Array.isArray(constraint) ? constraint.join(', ') : String(constraint);
}
