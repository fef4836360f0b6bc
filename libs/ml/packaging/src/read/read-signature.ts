import { DTYPES, PACKAGE_PATHS } from '@modelyard/contracts';
import type { Signature, TensorSpec } from '@modelyard/contracts';
import { FieldReader } from './fields';
import { PACKAGE_LIMITS } from './limits';

const TASKS = ['image-classification', 'tabular-classification'] as const;

/**
 * Reads `signature.json`.
 * @throws PackageError naming the place of what is wrong
 */
export function readSignature(content: Buffer | string): Signature {
  const reader = new FieldReader(PACKAGE_PATHS.signature);
  const fields = reader.object(reader.json(content, PACKAGE_LIMITS.signatureBytes), 'the signature');
  const specs = (name: 'inputs' | 'outputs'): TensorSpec[] =>
    reader.list(fields[name], name, 100).map((spec, index) => readSpec(reader, spec, `${name}[${index}]`));
  const inputs = specs('inputs');
  const outputs = specs('outputs');
  if (inputs.length === 0) reader.fail('inputs', 'is empty');
  if (outputs.length === 0) reader.fail('outputs', 'is empty');
  const classes = reader
    .list(fields['classes'], 'classes', PACKAGE_LIMITS.classes)
    .map((name, index) => reader.text(name, `classes[${index}]`));
  if (new Set(classes).size !== classes.length) reader.fail('classes', 'names a class twice');
  return { inputs, outputs, task: reader.oneOf(fields['task'], 'task', TASKS), classes };
}

function readSpec(reader: FieldReader, value: unknown, place: string): TensorSpec {
  const fields = reader.object(value, place);
  const spec: TensorSpec = {
    name: reader.text(fields['name'], `${place}.name`),
    dtype: reader.oneOf(fields['dtype'], `${place}.dtype`, DTYPES),
    shape: reader.shape(fields['shape'], `${place}.shape`, -1),
  };
  for (const bound of ['minimum', 'maximum'] as const) {
    if (fields[bound] !== undefined) spec[bound] = reader.number(fields[bound], `${place}.${bound}`);
  }
  if (fields['columns'] !== undefined) {
    const columns = reader.list(fields['columns'], `${place}.columns`, PACKAGE_LIMITS.columns);
    spec.columns = columns.map((name, index) => reader.text(name, `${place}.columns[${index}]`));
    if (spec.columns.length !== spec.shape.at(-1)) {
      reader.fail(
        `${place}.columns`,
        `has ${spec.columns.length} names for ${spec.shape.at(-1) ?? 0} columns`,
      );
    }
  }
  return spec;
}
