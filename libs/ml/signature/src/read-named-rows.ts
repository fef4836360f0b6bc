import type { FieldError, TensorSpec } from '@modelyard/contracts';
import { InputError } from './input-error';
import { checkValues } from './check-values';

/** Enough to mend a request by; a thousand wrong rows need not fill a response. */
const MAX_REPORTED = 20;

/**
 * Reads rows that are objects by column name.
 * @throws InputError like `rows[2].petal_length is missing`
 */
export function readNamedRows(
  value: unknown,
  field: string,
  single: boolean,
  spec: TensorSpec,
): Float32Array {
  const { columns } = spec;
  if (columns === undefined) {
    const path = single ? field : `${field}[0]`;
    throw InputError.at(
      path,
      `${path} is an object, but this model's input has no named columns: send nested lists`,
    );
  }
  const rows = single ? [value] : (value as unknown[]);
  const known = new Set(columns);
  const values = new Float32Array(rows.length * columns.length);
  const problems: FieldError[] = [];
  const pathOf = (row: number): string => (single ? field : `${field}[${row}]`);

  for (let row = 0; row < rows.length && problems.length < MAX_REPORTED; row += 1) {
    const sample = rows[row];
    if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) {
      problems.push(problem(pathOf(row), 'must be an object by column name, like the first row'));
      continue;
    }
    readRow(sample as Record<string, unknown>, columns, values, row * columns.length, (column, message) =>
      problems.push(problem(`${pathOf(row)}.${column}`, message)),
    );
    for (const name of Object.keys(sample)) {
      if (!known.has(name)) {
        problems.push(problem(`${pathOf(row)}.${name.slice(0, 64)}`, 'is not a column of this model'));
      }
    }
  }
  if (problems.length > 0) throw new InputError(problems.slice(0, MAX_REPORTED));
  checkValues(values, spec, (index) => {
    const column = columns[index % columns.length] as string;
    return `${pathOf(Math.floor(index / columns.length))}.${column}`;
  });
  return values;
}

function readRow(
  sample: Record<string, unknown>,
  columns: readonly string[],
  values: Float32Array,
  start: number,
  report: (column: string, message: string) => void,
): void {
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index] as string;
    const value = Object.hasOwn(sample, column) ? sample[column] : undefined;
    if (typeof value === 'number') values[start + index] = value;
    else if (value === undefined) report(column, 'is missing');
    else report(column, `is ${typeName(value)}, expected a number`);
  }
}

function problem(path: string, message: string): FieldError {
  return { path, message: `${path} ${message}` };
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
