import { object, optional, required, variants, withDefault } from '../fields/objects';
import { flag, integer, number, oneOf } from '../fields/scalars';
import { RECIPE_LIMITS } from '../limits';

const learningRate = (usual: number) =>
  withDefault(number({ min: 0, max: 100, above: true }), usual, 'Size of a step.');
const share = (usual: number, about: string) =>
  withDefault(number({ min: 0, max: 1, below: true }), usual, about);
const epsilon = withDefault(number({ min: 0, max: 1, above: true }), 1e-7, 'Keeps a division from zero.');

const optimizerField = variants(
  {
    sgd: {
      learningRate: learningRate(0.01),
      momentum: share(0, 'Share of the last step that goes on.'),
      nesterov: withDefault(flag(), false, 'Looks ahead along the momentum.'),
    },
    adam: {
      learningRate: learningRate(0.001),
      beta1: share(0.9, 'Decay of the mean of gradients.'),
      beta2: share(0.999, 'Decay of the mean of squared gradients.'),
      epsilon,
    },
    rmsprop: {
      learningRate: learningRate(0.001),
      decay: share(0.9, 'Decay of the mean of squared gradients.'),
      epsilon,
    },
  },
  'optimizer',
);

export const trainingField = object({
  epochs: required(
    integer({ min: 1, max: RECIPE_LIMITS.epochs }),
    'How often all training samples are seen.',
  ),
  batchSize: withDefault(integer({ min: 1, max: RECIPE_LIMITS.batchSize }), 32, 'Samples for each step.'),
  optimizer: withDefault(
    optimizerField,
    { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    'How weights follow gradients.',
  ),
  earlyStopping: optional(
    object({
      patience: withDefault(
        integer({ min: 1, max: RECIPE_LIMITS.epochs }),
        10,
        'Epochs without a lower `val_loss` after which the training ends, with the best weights.',
      ),
      minDelta: withDefault(
        number({ min: 0, max: 100 }),
        0,
        'A fall of `val_loss` that is smaller does not count.',
      ),
    }),
    'When to stop before the last epoch; never when absent.',
  ),
  threads: withDefault(
    integer({ min: 1, max: 256 }),
    2,
    'CPU threads. Pinned, because results differ between thread counts.',
  ),
  backend: withDefault(
    oneOf(['auto', 'tensorflow', 'wasm']),
    'auto',
    'auto takes native TensorFlow where it is installed, else WebAssembly.',
  ),
});
