import type { Backend } from '../backend/backend';
import { backendFor } from '../backend/open-backend';
import { plainOperations } from '../operations/plain-operations';
import { passFor } from '../testing/gradient-checks';
import { gradientsOf, lossOf } from '../testing/gradients-of';
import { LAYER_CASES } from '../testing/layer-cases';

let backend: Backend;
beforeAll(async () => {
  backend = await backendFor({ backend: 'tensorflow', threads: 1 });
});

// Dropout draws its numbers from another source.
const comparable = LAYER_CASES.filter(({ title }) => title !== 'dropout');

it.each(comparable)('fused operations give the loss and gradients of the plain ones: $title', (layerCase) => {
  const fused = passFor(layerCase, backend.operations);
  const plain = passFor(layerCase, plainOperations);
  expect(lossOf(fused)).toBeCloseTo(lossOf(plain), 5);
  const expected = gradientsOf(plain);
  for (const [name, gradient] of gradientsOf(fused)) {
    const error = relativeDifference(gradient, expected.get(name) as Float32Array);
    expect({ name, isEqual: error < 1e-4 || error }).toEqual({ name, isEqual: true });
  }
});

/** The largest difference, relative to the largest gradient. */
function relativeDifference(actual: Float32Array, expected: Float32Array): number {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
  return actual.reduce((largest, value, index) => {
    return Math.max(largest, Math.abs(value - (expected[index] as number)) / scale);
  }, 0);
}
