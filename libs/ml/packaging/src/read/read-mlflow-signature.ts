import { PACKAGE_PATHS } from '@modelyard/contracts';
import { FieldReader } from './fields';
import { PACKAGE_LIMITS } from './limits';

/** One input or output as MLflow describes it: a tensor with NumPy's dtype, or a column with MLflow's own types. */
export type MlflowSpec =
  | { kind: 'tensor'; name: string | undefined; dtype: string; shape: number[] }
  | { kind: 'column'; name: string | undefined; type: string; required: boolean };

/** The `signature` of an `MLmodel` file. */
export interface MlflowSignature {
  inputs: MlflowSpec[];
  outputs: MlflowSpec[];
}

/** @param value what stands at `signature`: `{ inputs: "<JSON>", outputs: "<JSON>" }` */
export function readMlflowSignature(value: unknown): MlflowSignature {
  const reader = new FieldReader(PACKAGE_PATHS.mlmodel);
  const fields = reader.object(value, 'signature');
  return { inputs: readSpecs(reader, fields, 'inputs'), outputs: readSpecs(reader, fields, 'outputs') };
}

function readSpecs(reader: FieldReader, fields: Record<string, unknown>, name: string): MlflowSpec[] {
  const place = `signature.${name}`;
  const value = fields[name];
  if (value === undefined || value === null || value === 'null') return [];
  const specs = reader.json(
    reader.text(value, place, PACKAGE_LIMITS.mlmodelBytes),
    PACKAGE_LIMITS.mlmodelBytes,
  );
  return reader
    .list(specs, place, PACKAGE_LIMITS.columns)
    .map((spec, index) => readSpec(reader, spec, `${place}[${index}]`));
}

function readSpec(reader: FieldReader, value: unknown, place: string): MlflowSpec {
  const fields = reader.object(value, place);
  const name = reader.optionalText(fields['name'], `${place}.name`);
  const type = reader.text(fields['type'], `${place}.type`);
  if (type !== 'tensor') return { kind: 'column', name, type, required: fields['required'] !== false };
  const tensor = reader.object(fields['tensor-spec'], `${place}.tensor-spec`);
  return {
    kind: 'tensor',
    name,
    dtype: reader.text(tensor['dtype'], `${place}.tensor-spec.dtype`),
    shape: reader.shape(tensor['shape'], `${place}.tensor-spec.shape`, -1),
  };
}
