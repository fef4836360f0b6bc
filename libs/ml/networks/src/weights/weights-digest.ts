import { createHash } from 'node:crypto';
import type { NamedWeights } from '@modelyard/contracts';
import { encodeWeights } from './encode-weights';

/** SHA-256 (hex) over the names, shapes and little-endian bytes of all weights: equal for two networks exactly if every bit is. */
export function weightsDigest(weights: NamedWeights): string {
  const { bin, manifest } = encodeWeights(weights);
  const names = manifest.weights.map(({ name, shape }) => [name, shape]);
  return createHash('sha256').update(JSON.stringify(names)).update('\n').update(bin).digest('hex');
}
