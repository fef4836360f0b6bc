import type { LayersTopology, NamedWeights } from '@modelyard/contracts';
import { SeededGenerator } from '@modelyard/ml-statistics';
import type { WeightSpec } from './layer-weights';
import { fullName, weightsOf } from './layer-weights';

/** A network's weights before training. Each depends on the seed and on its own name alone, so that adding a layer changes no other. */
export function initializeWeights(topology: LayersTopology, seed: number): NamedWeights {
  const generator = new SeededGenerator(seed).fork('weights');
  const weights: NamedWeights = new Map();
  for (const layer of topology.layers) {
    for (const spec of weightsOf(layer)) {
      const name = fullName(layer, spec.name);
      weights.set(name, { shape: spec.shape, data: initialValues(spec, generator.fork(name)) });
    }
  }
  return weights;
}

function initialValues({ shape, initial }: WeightSpec, generator: SeededGenerator): Float32Array {
  const data = new Float32Array(shape.reduce((product, length) => product * length, 1));
  if (initial === 'ones') data.fill(1);
  if (initial === 'glorotUniform') {
    const limit = glorotLimit(shape);
    for (let index = 0; index < data.length; index++) data[index] = (2 * generator.next() - 1) * limit;
  }
  return data;
}

/** Glorot and Bengio 2010, equation 16; the fans of a kernel as Keras counts them: its area times its channels. */
function glorotLimit(shape: number[]): number {
  const area = shape.slice(0, -2).reduce((product, length) => product * length, 1);
  const fans = area * ((shape.at(-2) as number) + (shape.at(-1) as number));
  return Math.sqrt(6 / fans);
}
