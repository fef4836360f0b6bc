import type { WeightTensor } from '@modelyard/contracts';

/**
 * The tensor with its axes in another order: axis `i` of the result is axis `permutation[i]` of the input, as
 * NumPy's `transpose` does.
 */
export function transposeWeights(tensor: WeightTensor, permutation: readonly number[]): WeightTensor {
  const strides = stridesOf(tensor.shape);
  const shape = permutation.map((axis) => tensor.shape[axis] as number);
  const steps = permutation.map((axis) => strides[axis] as number);
  const data = new Float32Array(tensor.data.length);
  const position = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    data[to] = tensor.data[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = (position[axis] as number) + 1;
      from += steps[axis] as number;
      if ((position[axis] as number) < (shape[axis] as number)) break;
      from -= (steps[axis] as number) * (shape[axis] as number);
      position[axis] = 0;
    }
  }
  return { shape, data };
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}
