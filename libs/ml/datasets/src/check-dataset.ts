import type { DatasetSchema } from '@modelyard/contracts';
import { product } from '@modelyard/ml-tensors';
import { DatasetError } from './dataset-error';
import type { PackedDataset } from './packed-dataset';

/**
 * Holds a dataset to its own schema: sizes, columns, classes, labels, and every value finite and within the bounds.
 * @throws DatasetError at the first contradiction
 */
export function checkDataset(dataset: PackedDataset): void {
  const { schema, rows, values, labels } = dataset;
  checkSchema(schema);
  const width = product(schema.shape);
  if (!Number.isSafeInteger(rows) || rows < 0) fail(`rows is ${rows}, not a count`);
  if (values.length !== rows * width) {
    fail(`${rows} rows of ${width} values make ${rows * width} values, not ${values.length}`);
  }
  if (labels.length !== rows) fail(`there are ${labels.length} labels for ${rows} rows`);
  if ((schema.dtype === 'uint8') !== values instanceof Uint8Array) {
    fail(`the values are not the ${schema.dtype} that the schema says`);
  }
  checkLabels(labels, schema);
  checkValues(values, schema, width);
}

function checkSchema(schema: DatasetSchema): void {
  const { kind, shape, columns, classes } = schema;
  if (
    shape.length !== (kind === 'image' ? 3 : 1) ||
    !shape.every((size) => Number.isSafeInteger(size) && size > 0)
  ) {
    fail(`the shape [${shape.join(', ')}] is not that of ${kind === 'image' ? 'an image' : 'a table row'}`);
  }
  if (!Number.isSafeInteger(product(shape))) fail(`the shape [${shape.join(', ')}] is too large`);
  if (kind === 'table' && columns?.length !== shape[0]) {
    fail(`a table with ${shape[0]} columns names ${columns?.length ?? 0}`);
  }
  if (columns && new Set(columns).size !== columns.length) fail('two columns have the same name');
  if (new Set(classes).size !== classes.length) fail('two classes have the same name');
  if (!(schema.minimum <= schema.maximum))
    fail(`the bounds ${schema.minimum} to ${schema.maximum} hold no value`);
}

function checkLabels(labels: Uint8Array | Int32Array, schema: DatasetSchema): void {
  const wrong = labels.findIndex((label) => label < 0 || label >= schema.classes.length);
  if (wrong >= 0)
    fail(`row ${wrong} has class ${labels[wrong]}, and there are ${schema.classes.length} classes`);
}

function checkValues(values: Uint8Array | Float32Array, schema: DatasetSchema, width: number): void {
  // Bounds are written as decimal numbers; the values were rounded to float32, and so the bounds must be, too.
  const round = values instanceof Float32Array ? Math.fround : (bound: number) => bound;
  const minimum = round(schema.minimum);
  const maximum = round(schema.maximum);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value >= minimum && value <= maximum) continue;
    fail(`row ${Math.floor(i / width)} holds ${value}, outside ${schema.minimum} to ${schema.maximum}`);
  }
}

function fail(problem: string): never {
  throw new DatasetError(`The dataset is wrong: ${problem}`);
}
