import type { LayersTopology, NamedWeights } from '@modelyard/contracts';
import type { NetworkToExport } from '../export-network';
import { noisy } from './random-layer';

const SAME = {
  strides: [1, 1] as [number, number],
  padding: 'same' as const,
  dilation: [1, 1] as [number, number],
};

/** A classifier of 4 × 4 images into three classes: convolution, normalisation, pooling and two dense layers. */
export function exampleNetwork(changes: Partial<NetworkToExport> = {}): NetworkToExport {
  const topology: LayersTopology = {
    inputShape: [4, 4, 2],
    classes: 3,
    layers: [
      {
        ...{ name: 'conv', inputs: ['input'], inputShapes: [[4, 4, 2]], outputShape: [4, 4, 4], ...SAME },
        ...{ type: 'conv2d', filters: 4, kernelSize: [3, 3], activation: 'linear', useBias: false, l2: 0 },
      },
      {
        ...{ name: 'normal', inputs: ['conv'], inputShapes: [[4, 4, 4]], outputShape: [4, 4, 4] },
        ...{ type: 'batchNormalization', momentum: 0.99, epsilon: 0.001 },
      },
      {
        ...{ name: 'relu', inputs: ['normal'], inputShapes: [[4, 4, 4]], outputShape: [4, 4, 4] },
        ...{ type: 'activation', activation: 'relu' },
      },
      {
        ...{ name: 'pool', inputs: ['relu'], inputShapes: [[4, 4, 4]], outputShape: [2, 2, 4] },
        ...{ type: 'maxPooling2d', poolSize: [2, 2], strides: [2, 2], padding: 'valid' },
      },
      {
        ...{ name: 'flat', inputs: ['pool'], inputShapes: [[2, 2, 4]], outputShape: [16] },
        type: 'flatten',
      },
      {
        ...{ name: 'out', inputs: ['flat'], inputShapes: [[16]], outputShape: [3] },
        ...{ type: 'dense', units: 3, activation: 'softmax', useBias: true, l2: 0 },
      },
    ],
  };
  const weights: NamedWeights = new Map([
    ['conv/kernel', noisy([3, 3, 2, 4], 1)],
    ['normal/gamma', noisy([4], 2)],
    ['normal/beta', noisy([4], 3)],
    ['normal/movingMean', noisy([4], 4)],
    ['normal/movingVariance', { shape: [4], data: Float32Array.of(0.5, 1, 2, 0.1) }],
    ['out/kernel', noisy([16, 3], 5)],
    ['out/bias', noisy([3], 6)],
  ]);
  return {
    topology,
    weights,
    signature: {
      inputs: [{ name: 'input', dtype: 'float32', shape: [-1, 4, 4, 2] }],
      outputs: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 3] }],
      task: 'image-classification',
      classes: ['a', 'b', 'c'],
    },
    producer: { name: 'modelyard', version: '0.1.0' },
    ...changes,
  };
}

/** The example with one layer changed; by `undefined` a field is taken away. */
export function withLayer(name: string, changes: Record<string, unknown>): NetworkToExport {
  const network = exampleNetwork();
  const layers = network.topology.layers.map((layer) =>
    layer.name === name ? { ...layer, ...changes } : layer,
  );
  return { ...network, topology: { ...network.topology, layers: layers } };
}
