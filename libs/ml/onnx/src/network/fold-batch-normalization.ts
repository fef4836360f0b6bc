import type { LayersTopology, NamedWeights, ResolvedLayer, WeightTensor } from '@modelyard/contracts';
import type { LayerOf } from '../layers/layer-exporter';
import { LayerWeights } from './layer-weights';

type Foldable = LayerOf<'conv2d' | 'dense' | 'depthwiseConv2d' | 'separableConv2d'>;
type Normalization = LayerOf<'batchNormalization'>;

/** The weight whose last axes are the layer's output channels. */
const OUTPUT_KERNEL: Record<Foldable['type'], string> = {
  conv2d: 'kernel',
  dense: 'kernel',
  depthwiseConv2d: 'depthwiseKernel',
  separableConv2d: 'pointwiseKernel',
};

/**
 * Folds every batch normalisation into the linear layer before it, where only the normalisation reads that layer.
 * With s = gamma / √(variance + epsilon) the layer's kernel becomes kernel · s and its bias
 * (bias − mean) · s + beta; the sums are made in float64. A folded normalisation stays as a linear activation.
 */
export function foldBatchNormalization(
  topology: LayersTopology,
  weights: NamedWeights,
): { topology: LayersTopology; weights: NamedWeights } {
  const layers = new Map(topology.layers.map((layer) => [layer.name, layer]));
  const folded = new Map(weights);
  const reader = new LayerWeights(weights);
  for (const layer of topology.layers) {
    if (layer.type !== 'batchNormalization') continue;
    const target = layers.get(layer.inputs[0] ?? '');
    if (target === undefined || !isFoldable(target) || consumersOf(topology, target.name) !== 1) continue;
    fold(target, layer, reader, folded);
    layers.set(target.name, { ...target, useBias: true });
    layers.set(layer.name, asIdentity(layer));
  }
  return { topology: { ...topology, layers: [...layers.values()] }, weights: folded };
}

function fold(
  target: Foldable,
  normalization: Normalization,
  reader: LayerWeights,
  folded: NamedWeights,
): void {
  const channels = target.outputShape.at(-1) as number;
  const [gamma, beta, mean, variance] = (['gamma', 'beta', 'movingMean', 'movingVariance'] as const).map(
    (name) => reader.read(normalization.name, name, [channels]).data,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const scale = Float64Array.from(
    gamma,
    (value, c) => value / Math.sqrt((variance[c] ?? 0) + normalization.epsilon),
  );

  const kernelName = `${target.name}/${OUTPUT_KERNEL[target.type]}`;
  const kernel = folded.get(kernelName);
  if (kernel !== undefined) folded.set(kernelName, scaleChannels(kernel, scale));
  const old = target.useBias ? reader.read(target.name, 'bias', [channels]).data : new Float32Array(channels);
  const bias = Float32Array.from(
    old,
    (value, c) => (value - (mean[c] ?? 0)) * (scale[c] ?? 1) + (beta[c] ?? 0),
  );
  folded.set(`${target.name}/bias`, { shape: [channels], data: bias });
}

/** The output channel varies fastest in every kernel: a depthwise one's is input channel × multiplier. */
function scaleChannels({ shape, data }: WeightTensor, scale: Float64Array): WeightTensor {
  return { shape, data: data.map((value, index) => value * (scale[index % scale.length] ?? 1)) };
}

function isFoldable(layer: ResolvedLayer): layer is Foldable {
  return Object.hasOwn(OUTPUT_KERNEL, layer.type) && (layer as Foldable).activation === 'linear';
}

function consumersOf(topology: LayersTopology, name: string): number {
  return topology.layers.reduce(
    (count, layer) => count + layer.inputs.filter((input) => input === name).length,
    0,
  );
}

function asIdentity({ name, inputs, inputShapes, outputShape }: Normalization): ResolvedLayer {
  return { name, inputs, inputShapes, outputShape, type: 'activation', activation: 'linear' };
}
