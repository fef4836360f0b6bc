import type { OptimizerSpec, TrainingOptions } from '@modelyard/contracts';
import type { NetworkTraining } from '../training/training-job';
import { recipeOf } from './recipe-of';
import { samplesOf } from './samples-of';

export const SHAPE = [8, 8, 1];
export const CLASSES = 4;

/** One of everything that keeps state or draws random numbers: convolution, batch normalization, dropout. */
export function smallTraining(
  training: Partial<TrainingOptions> = {},
  more: Partial<NetworkTraining> & { seed?: number } = {},
): NetworkTraining {
  const { seed, ...job } = more;
  const recipe = recipeOf(
    [
      { type: 'conv2d', filters: 6, useBias: false },
      { type: 'batchNormalization' },
      { type: 'activation', activation: 'relu' },
      { type: 'maxPooling2d' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.3 },
      { type: 'dense', units: 12, activation: 'relu', l2: 0.001 },
      { type: 'dense', activation: 'softmax' },
    ],
    training,
    seed,
  );
  return {
    recipe,
    inputShape: SHAPE,
    classes: CLASSES,
    train: samplesOf(50, SHAPE, CLASSES, 'train'), // 50 rows in batches of 8: the last batch is smaller
    validation: samplesOf(20, SHAPE, CLASSES, 'validation'),
    signal: new AbortController().signal,
    onEpoch: () => Promise.resolve(),
    ...job,
  };
}

export const OPTIMIZERS: { title: string; optimizer: OptimizerSpec }[] = [
  { title: 'sgd', optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0, nesterov: false } },
  {
    title: 'sgd with momentum',
    optimizer: { type: 'sgd', learningRate: 0.02, momentum: 0.9, nesterov: false },
  },
  {
    title: 'sgd with Nesterov',
    optimizer: { type: 'sgd', learningRate: 0.02, momentum: 0.9, nesterov: true },
  },
  { title: 'adam', optimizer: { type: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-7 } },
  { title: 'rmsprop', optimizer: { type: 'rmsprop', learningRate: 0.005, decay: 0.9, epsilon: 1e-7 } },
];
