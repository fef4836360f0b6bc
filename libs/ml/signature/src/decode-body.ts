import type { Signature } from '@modelyard/contracts';
import { InputError } from './input-error';
import type { DecodedInput, DecodeOptions } from './decoded-input';
import { readNested } from './read-nested';
import { readNamedRows } from './read-named-rows';
import { onlyInput, sampleShapeOf } from './sample-shape';

/** The fields that a predict body may hold, exactly one of them: one sample, or a list of samples. */
export const PREDICT_BODY_FIELDS = {
  image: 'one',
  row: 'one',
  rows: 'many',
  instances: 'many',
  inputs: 'many',
} as const;
type Field = keyof typeof PREDICT_BODY_FIELDS;

/** 4 MB of a 28 × 28 image, and far below what would hold the event loop. */
export const DEFAULT_MAX_ROWS = 1_000;

/**
 * Reads a predict request: `{image: [[…]]}`, `{row: […] | {column: value}}`, `{rows: […]}`, `{instances: […]}` or
 * `{inputs: […]}`. Images are nested as [height][width][channels], where a single channel may be left out. Rows of
 * tables are arrays in column order or objects by column name. Nothing is converted: strings, booleans, null, NaN
 * and numbers beyond float32 are refused, as is a pixel outside the signature's bounds.
 *
 * @throws InputError with the path of what is wrong, like `image[3] has 27 columns, expected 28`
 */
export function decodePredictBody(
  signature: Signature,
  body: unknown,
  options: DecodeOptions = {},
): DecodedInput {
  const spec = onlyInput(signature);
  const sampleShape = sampleShapeOf(signature);
  const field = onlyField(signature, body);
  const value = (body as Record<Field, unknown>)[field];
  const single = PREDICT_BODY_FIELDS[field] === 'one';
  if (!single) checkRowCount(value, field, options.maxRows ?? DEFAULT_MAX_ROWS);

  const values = hasNamedRows(value, single)
    ? readNamedRows(value, field, single, spec)
    : readNested(value, field, single, spec, sampleShape);
  const rows = single ? 1 : (value as unknown[]).length;
  return { values, rows, single };
}

function onlyField(signature: Signature, body: unknown): Field {
  const fields = fieldsFor(signature);
  const expected = fields.map((name) => `\`${name}\``).join(', ');
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw InputError.at('', `the body must be a JSON object with one of ${expected}`);
  }
  const given = Object.keys(body);
  const unknown = given.filter((name) => !(fields as string[]).includes(name));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.slice(0, 10).map((name) => ({
        path: clip(name),
        message: `${clip(name)} is not a field of this model's input, expected one of ${expected}`,
      })),
    );
  }
  const [field, another] = given as Field[];
  if (field === undefined) throw InputError.at('', `the body is empty, expected one of ${expected}`);
  if (another !== undefined) {
    throw InputError.at(
      another,
      `${another} cannot be given together with ${field}: send one of ${expected}`,
    );
  }
  return field;
}

function fieldsFor(signature: Signature): Field[] {
  return signature.task === 'image-classification'
    ? ['image', 'rows', 'instances', 'inputs']
    : ['row', 'rows', 'instances', 'inputs'];
}

function checkRowCount(value: unknown, field: Field, maximum: number): void {
  if (!Array.isArray(value)) throw InputError.at(field, `${field} must be a list of samples`);
  if (value.length === 0) throw InputError.at(field, `${field} is empty, expected at least one sample`);
  if (value.length > maximum) {
    throw InputError.at(
      field,
      `${field} has ${value.length} samples, at most ${maximum} are allowed in one request`,
    );
  }
}

/** The first sample decides between arrays and objects; the readers refuse a mixture by path. */
function hasNamedRows(value: unknown, single: boolean): boolean {
  const first = single ? value : (value as unknown[])[0];
  return typeof first === 'object' && first !== null && !Array.isArray(first);
}

function clip(name: string): string {
  return name.length > 64 ? `${name.slice(0, 64)}…` : name;
}
