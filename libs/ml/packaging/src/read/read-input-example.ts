import { PACKAGE_PATHS } from '@modelyard/contracts';
import type { InputExample } from '@modelyard/contracts';
import { FieldReader } from './fields';
import { PACKAGE_LIMITS } from './limits';

/**
 * Reads `input_example.json`.
 * @throws PackageError naming the place of what is wrong
 */
export function readInputExample(content: Buffer | string): InputExample {
  const reader = new FieldReader(PACKAGE_PATHS.inputExample);
  const fields = reader.object(reader.json(content, PACKAGE_LIMITS.inputExampleBytes), 'the example');
  const shape = reader.shape(fields['shape'], 'shape', 1);
  const size = shape.reduce((total, dimension) => total * dimension, 1);
  const inputs = readRows(reader, fields['inputs'], 'inputs', size);
  const probabilities = readRows(reader, fields['probabilities'], 'probabilities', undefined);
  if (inputs.length !== probabilities.length) {
    reader.fail('probabilities', `has ${probabilities.length} rows for ${inputs.length} inputs`);
  }
  return { inputs, shape, probabilities };
}

/** @param size numbers in each row; undefined: as many as in the first */
function readRows(reader: FieldReader, value: unknown, place: string, size: number | undefined): number[][] {
  let expected = size;
  return reader.list(value, place, PACKAGE_LIMITS.examples).map((row, index) => {
    const at = `${place}[${index}]`;
    const numbers = reader
      .list(row, at, Number.MAX_SAFE_INTEGER)
      .map((number, column) => reader.number(number, `${at}[${column}]`));
    expected ??= numbers.length;
    if (numbers.length !== expected) reader.fail(at, `has ${numbers.length} numbers, expected ${expected}`);
    return numbers;
  });
}
