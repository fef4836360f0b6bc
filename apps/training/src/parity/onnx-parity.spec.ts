import '../testing/host-typed-arrays';
import type { LayersTopology, NamedWeights } from '@modelyard/contracts';
import { exportNetwork } from '@modelyard/ml-onnx';
import { signatureFor } from '@modelyard/ml-signature';
import { IRIS_VERSION } from '../testing/example-job';
import { largestDifference } from './onnx-parity';

/** Probabilities that do not depend on the input: softmax of a bias. */
const BIAS = [0, Math.log(2), Math.log(5)];
const PROBABILITIES = [1 / 8, 2 / 8, 5 / 8];
const ROWS = 600;

const topology: LayersTopology = {
  inputShape: [4],
  classes: 3,
  layers: [
    {
      type: 'dense',
      name: 'classifier',
      inputs: ['input'],
      units: 3,
      activation: 'softmax',
      useBias: true,
      l2: 0,
      inputShapes: [[4]],
      outputShape: [3],
    },
  ],
};
const weights: NamedWeights = new Map([
  ['classifier/kernel', { shape: [4, 3], data: new Float32Array(12) }],
  ['classifier/bias', { shape: [3], data: Float32Array.from(BIAS) }],
]);
const onnx = exportNetwork({
  topology,
  weights,
  signature: signatureFor(IRIS_VERSION.schema),
  producer: { name: 'test', version: '1' },
});
const values = new Float32Array(ROWS * 4).fill(1);
const expected = (): Float32Array => Float32Array.from({ length: ROWS * 3 }, (_, i) => PROBABILITIES[i % 3]!);

it('finds nothing where both models say the same, over several runs of rows', async () => {
  await expect(largestDifference(onnx, values, [4], expected())).resolves.toBeLessThan(1e-6);
});

it('finds the one probability that differs, wherever it is', async () => {
  for (const index of [0, 777, ROWS * 3 - 1]) {
    const changed = expected();
    changed[index] = changed[index]! + 0.25;
    await expect(largestDifference(onnx, values, [4], changed)).resolves.toBeCloseTo(0.25, 5);
  }
});

it('never takes NaN for a small difference', async () => {
  const changed = expected();
  changed[5] = NaN;
  await expect(largestDifference(onnx, values, [4], changed)).resolves.toBeNaN();
});

it('throws when ONNX Runtime cannot load the model', async () => {
  await expect(largestDifference(Buffer.from('no model'), values, [4], expected())).rejects.toThrow();
});
