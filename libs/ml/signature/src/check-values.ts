import type { TensorSpec } from '@modelyard/contracts';
import { InputError } from './input-error';

/**
 * Refuses values that are no finite float32, or outside the input's bounds.
 * @param pathOf turns an index into `values` into the path that the client wrote
 * @throws InputError naming the first such value
 */
export function checkValues(values: Float32Array, spec: TensorSpec, pathOf: (index: number) => string): void {
  const minimum = spec.minimum ?? -Infinity;
  const maximum = spec.maximum ?? Infinity;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    // Written so that NaN fails too.
    if (value >= minimum && value <= maximum && value - value === 0) continue;
    const path = pathOf(index);
    throw InputError.at(path, `${path} is ${describe(value)}, expected ${expectation(spec)}`);
  }
}

function describe(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : 'too large for a 32-bit float';
}

function expectation(spec: TensorSpec): string {
  const { minimum, maximum } = spec;
  if (minimum !== undefined && maximum !== undefined) return `a number from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `a number of at least ${minimum}`;
  if (maximum !== undefined) return `a number of at most ${maximum}`;
  return 'a finite number';
}

/**
 * The path of one value of a batch in the nested form: `rows[2][0][3]`, or `image[0][3]` when `batched` is false.
 * @param shape of one sample, as the client nested it
 */
export function nestedPath(root: string, index: number, shape: readonly number[], batched: boolean): string {
  const positions: number[] = [];
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const size = shape[axis] as number;
    positions.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  if (batched) positions.unshift(rest);
  return root + positions.map((position) => `[${position}]`).join('');
}
