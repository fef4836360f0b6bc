import type { DatasetSchema } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { DatasetError } from './dataset-error';
import type { DatasetSource } from './packed-dataset';

export interface PackedHeader {
  schema: DatasetSchema;
  rows: number;
  labels: 'uint8' | 'int32';
  source: DatasetSource;
}

/**
 * Reads the header of the packed format; `checkDataset` afterwards judges whether its content makes sense.
 * @throws DatasetError when it is no JSON, or a field is missing or of another type
 */
export function parseHeader(bytes: Buffer): PackedHeader {
  const header = object(parseJson(bytes), 'header');
  const schema = object(header.schema, 'schema');
  const source = object(header.source, 'source');
  const columns = schema.columns === undefined ? undefined : texts(schema.columns, 'schema.columns');
  const url = source.url === undefined ? undefined : text(source.url, 'source.url');
  const parsed: PackedHeader = {
    schema: {
      kind: oneOf(schema.kind, ['image', 'table'], 'schema.kind'),
      shape: list(schema.shape, 'schema.shape').map((size) => count(size, 'schema.shape')),
      dtype: oneOf(schema.dtype, ['uint8', 'float32'], 'schema.dtype'),
      ...(columns && { columns }),
      target: text(schema.target, 'schema.target'),
      classes: texts(schema.classes, 'schema.classes'),
      minimum: number(schema.minimum, 'schema.minimum'),
      maximum: number(schema.maximum, 'schema.maximum'),
    },
    rows: count(header.rows, 'rows'),
    labels: oneOf(header.labels, ['uint8', 'int32'], 'labels'),
    source: {
      description: text(source.description, 'source.description'),
      licence: text(source.licence, 'source.licence'),
      ...(url !== undefined && { url }),
    },
  };
  if (!Number.isSafeInteger(parsed.rows * product(parsed.schema.shape) * 4)) fail('rows', 'believable');
  return parsed;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return fail('header', 'JSON');
  }
}

function object(value: unknown, field: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : fail(field, 'an object');
}

function list(value: unknown, field: string): unknown[] {
  return Array.isArray(value) ? value : fail(field, 'a list');
}

function text(value: unknown, field: string): string {
  return typeof value === 'string' ? value : fail(field, 'text');
}

function texts(value: unknown, field: string): string[] {
  return list(value, field).map((item) => text(item, field));
}

function number(value: unknown, field: string): number {
  return typeof value === 'number' ? value : fail(field, 'a number');
}

function count(value: unknown, field: string): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : fail(field, 'a count');
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], field: string): T {
  return choices.find((choice) => choice === value) ?? fail(field, choices.join(' or '));
}

function fail(field: string, expected: string): never {
  throw new DatasetError(`The packed dataset is damaged: its ${field} is not ${expected}`);
}
