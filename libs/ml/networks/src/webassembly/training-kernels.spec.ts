import type { Backend } from '../backend/backend';
import { backendFor } from '../backend/open-backend';
import { largestGradientError } from '../testing/gradient-checks';
import { LAYER_CASES } from '../testing/layer-cases';

describe('training on WebAssembly', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await backendFor({ backend: 'wasm', threads: 1 });
  });

  it.each(LAYER_CASES)('has the gradients of numeric differences: $title', (layerCase) => {
    expect(largestGradientError(layerCase, backend.operations)).toBeLessThan(2e-3);
  });
});
