import type { LayerSpec, LayersTopology, NamedWeights, WeightTensor } from '@modelyard/contracts';
import type { Image } from './reference-image-layers';

type Unnamed = LayerSpec extends infer Spec
  ? Spec extends unknown
    ? Omit<Spec, 'name' | 'inputs'>
    : never
  : never;

/** Numbers between −1 and 1, the same for the same seed. */
export function noise(length: number, seed: number): Float32Array {
  let state = seed * 2_654_435_761 + 1;
  return Float32Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  });
}

export function noisy(shape: number[], seed: number): WeightTensor {
  return {
    shape,
    data: noise(
      shape.reduce((total, size) => total * size, 1),
      seed,
    ),
  };
}

export function noisyImage(shape: [number, number, number], seed: number): Image {
  return { shape, values: [...noisy(shape, seed).data] };
}

/** A network of one layer, `layer`. */
export function singleLayer(
  layer: Unnamed,
  inputShape: number[],
  outputShape: number[],
  weights: Record<string, WeightTensor> = {},
): { topology: LayersTopology; weights: NamedWeights } {
  const resolved = { ...layer, name: 'layer', inputs: ['input'], inputShapes: [inputShape], outputShape };
  return {
    topology: {
      inputShape,
      classes: outputShape.at(-1) ?? 0,
      layers: [resolved],
    },
    weights: new Map(Object.entries(weights).map(([name, tensor]) => [`layer/${name}`, tensor])),
  };
}
