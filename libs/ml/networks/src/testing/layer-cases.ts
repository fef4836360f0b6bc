import { ACTIVATIONS } from '@modelyard/contracts';
import type { LayerDraft } from './recipe-of';

export interface LayerCase {
  title: string;
  shape: number[];
  layers: LayerDraft[];
}

const IMAGE = [6, 5, 2];
const END: LayerDraft[] = [{ type: 'flatten' }, { type: 'dense' }];
const image = (title: string, ...layers: LayerDraft[]): LayerCase => ({
  title,
  shape: IMAGE,
  layers: [...layers, ...END],
});

/** Every type of layer, and every option that changes how it computes. */
export const LAYER_CASES: LayerCase[] = [
  {
    title: 'dense',
    shape: [4],
    layers: [{ type: 'dense', units: 3, activation: 'tanh' }, { type: 'dense' }],
  },
  { title: 'dense without bias', shape: [4], layers: [{ type: 'dense', useBias: false }] },
  image('conv2d', { type: 'conv2d' }),
  image('conv2d, same, strided, no bias', {
    type: 'conv2d',
    padding: 'same',
    strides: [2, 2],
    useBias: false,
  }),
  image('conv2d, uneven strides', { type: 'conv2d', kernelSize: [2, 3], strides: [2, 1], padding: 'same' }),
  image('conv2d, dilated', { type: 'conv2d', kernelSize: [2, 3], dilation: [2, 2] }),
  image('conv2d, dilated one way, same', { type: 'conv2d', padding: 'same', dilation: [1, 2] }),
  image('two conv2d', { type: 'conv2d', padding: 'same' }, { type: 'conv2d', filters: 2 }),
  image('depthwiseConv2d', { type: 'depthwiseConv2d', depthMultiplier: 2 }),
  image('depthwiseConv2d, same, strided', { type: 'depthwiseConv2d', padding: 'same', strides: [2, 2] }),
  image('separableConv2d', { type: 'separableConv2d', depthMultiplier: 2, padding: 'same' }),
  image('maxPooling2d', { type: 'maxPooling2d' }),
  image('maxPooling2d, overlapping, same', { type: 'maxPooling2d', poolSize: [3, 3], padding: 'same' }),
  image('averagePooling2d', { type: 'averagePooling2d' }),
  image('averagePooling2d, overlapping, same', {
    type: 'averagePooling2d',
    poolSize: [3, 3],
    padding: 'same',
  }),
  { title: 'globalMaxPooling2d', shape: IMAGE, layers: [{ type: 'globalMaxPooling2d' }, { type: 'dense' }] },
  {
    title: 'globalAveragePooling2d',
    shape: IMAGE,
    layers: [{ type: 'globalAveragePooling2d' }, { type: 'dense' }],
  },
  image('batchNormalization', { type: 'batchNormalization' }),
  image(
    'conv2d, batchNormalization, elu',
    { type: 'conv2d', useBias: false },
    { type: 'batchNormalization' },
    {
      type: 'activation',
      activation: 'elu',
    },
  ),
  {
    title: 'batchNormalization of columns',
    shape: [4],
    layers: [{ type: 'batchNormalization' }, { type: 'dense' }],
  },
  image('batchNormalization, tiny epsilon', { type: 'batchNormalization', epsilon: 1e-6 }),
  image('dropout', { type: 'dropout', rate: 0.4 }),
  image('reshape', { type: 'reshape', targetShape: [5, -1] }),
  image('zeroPadding2d', {
    type: 'zeroPadding2d',
    padding: [
      [1, 0],
      [2, 1],
    ],
  }),
  image('upSampling2d, nearest', { type: 'upSampling2d', size: [2, 3], interpolation: 'nearest' }),
  image('upSampling2d, bilinear', { type: 'upSampling2d', size: [2, 3], interpolation: 'bilinear' }),
  image(
    'add and concatenate',
    { type: 'conv2d', name: 'left', padding: 'same', filters: 2 },
    { type: 'conv2d', name: 'right', padding: 'same', filters: 2, inputs: ['input'] },
    { type: 'add', name: 'sum', inputs: ['left', 'right', 'input'] },
    { type: 'concatenate', inputs: ['sum', 'left', 'input'] },
  ),
  ...ACTIVATIONS.map((activation): LayerCase => ({
    title: `activation ${activation}`,
    shape: [5],
    layers: [
      { type: 'dense', units: 6, activation },
      { type: 'dense', activation: 'softmax' },
    ],
  })),
];
