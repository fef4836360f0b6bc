// Networks of the shapes that MNIST and CIFAR-10 are usually tried with, on random images.
const convolution = (filters, options = {}) => ({
  type: 'conv2d',
  filters,
  kernelSize: [3, 3],
  strides: [1, 1],
  padding: 'valid',
  dilation: [1, 1],
  activation: 'relu',
  useBias: true,
  l2: 0,
  ...options,
});
const dense = (units, activation) => ({ type: 'dense', units, activation, useBias: true, l2: 0 });
const pooling = { type: 'maxPooling2d', poolSize: [2, 2], strides: [2, 2], padding: 'valid' };
const normalizedConvolution = (filters) => [
  convolution(filters, { padding: 'same', activation: 'linear', useBias: false }),
  { type: 'batchNormalization', momentum: 0.9, epsilon: 0.001 },
  { type: 'activation', activation: 'relu' },
];

const chain = (layers) =>
  layers.map((layer, index) => ({
    name: `${layer.type}_${index}`,
    inputs: [index === 0 ? 'input' : `${layers[index - 1].type}_${index - 1}`],
    ...layer,
  }));

export const MODELS = {
  mnist: {
    title: 'MNIST CNN: conv 32, conv 64, pool, dense 128',
    inputShape: [28, 28, 1],
    batchSize: 128,
    layers: chain([
      convolution(32),
      convolution(64),
      pooling,
      { type: 'flatten' },
      dense(128, 'relu'),
      dense('classes', 'softmax'),
    ]),
  },
  cifar: {
    title: 'CIFAR VGG: six normalized conv 32–128, dense 128, dropout',
    inputShape: [32, 32, 3],
    batchSize: 64,
    layers: chain([
      ...[32, 64, 128].flatMap((filters) => [
        ...normalizedConvolution(filters),
        ...normalizedConvolution(filters),
        pooling,
      ]),
      { type: 'flatten' },
      dense(128, 'relu'),
      { type: 'dropout', rate: 0.3 },
      dense('classes', 'softmax'),
    ]),
  },
};

export const CLASSES = 10;
export const ADAM = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
