import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LayersTopology, NamedWeights } from '@modelyard/contracts';

export interface GoldenCase {
  title: string;
  topology: LayersTopology;
  weights: NamedWeights;
  rows: number;
  input: Float32Array;
  output: Float32Array;
}

interface StoredCase {
  title: string;
  topology: LayersTopology;
  weights: Record<string, { shape: number[]; data: number[] }>;
  rows: number;
  input: number[];
  output: number[];
}

/** What Keras answers; files/keras-golden.json says how the values were made. */
export function readKerasGolden(): GoldenCase[] {
  const file = join(__dirname, '../../files/keras-golden.json');
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: StoredCase[] };
  return cases.map(({ weights, input, output, ...rest }) => ({
    ...rest,
    weights: new Map(
      Object.entries(weights).map(([name, { shape, data }]) => [
        name,
        { shape, data: Float32Array.from(data) },
      ]),
    ),
    input: Float32Array.from(input),
    output: Float32Array.from(output),
  }));
}
