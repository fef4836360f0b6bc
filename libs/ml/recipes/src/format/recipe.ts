import { GATE_METRICS, STAGES } from '@modelyard/contracts';
import { either, list } from '../fields/lists';
import { object, optional, record, required, variants, withDefault } from '../fields/objects';
import { integer, number, oneOf, slug, text } from '../fields/scalars';
import { RECIPE_LIMITS } from '../limits';
import { layerField } from './layers';
import { trainingField } from './training';

const stepField = variants(
  {
    rescale: {
      scale: withDefault(number({ min: -1e6, max: 1e6 }), 1, 'Every value is multiplied by it,'),
      offset: withDefault(number({ min: -1e6, max: 1e6 }), 0, 'and then this is added.'),
    },
    standardize: {
      epsilon: withDefault(
        number({ min: 0, max: 1, above: true }),
        1e-7,
        'Added to the variance. Mean and variance of each channel or column come from the training split.',
      ),
    },
  },
  'preprocessing step',
);

/** A recipe as a person writes it; `checkRecipe` completes it. */
export const recipeField = object({
  apiVersion: required(oneOf(['modelyard/v1']), 'The version of this format, `modelyard/v1`.'),
  name: required(text({ max: 200 }), 'What the recipe is called.'),
  description: withDefault(text({ min: 0, max: 10_000, lines: true }), '', 'For people.'),
  experiment: withDefault(text({ max: 200 }), 'Default', 'The experiment that the run goes into.'),
  dataset: required(
    object({
      name: required(slug(), 'The name of a dataset.'),
      version: withDefault(
        either(
          (value) => typeof value === 'string',
          oneOf(['latest']),
          integer({ min: 1, max: 1_000_000_000 }),
        ),
        'latest',
        'Its version, or `latest`.',
      ),
    }),
    'What to train on.',
  ),
  preprocessing: withDefault(
    list(stepField, { max: 10 }),
    [],
    'Applied to every value, in order; becomes a part of the model.',
  ),
  model: required(
    object({
      type: withDefault(oneOf(['network']), 'network', 'The kind of model.'),
      layers: required(
        list(layerField, { min: 1, max: RECIPE_LIMITS.layers }),
        'In order; the last is `dense` with units `classes` and activation `softmax`.',
      ),
    }),
    'The network.',
  ),
  training: required(trainingField, 'How it is trained.'),
  evaluation: withDefault(
    object({
      split: withDefault(
        oneOf(['test', 'validation']),
        'test',
        'The held-out samples that it is measured on.',
      ),
      calibrationBins: withDefault(integer({ min: 1, max: 1000 }), 15, 'Bins of the calibration error.'),
    }),
    { split: 'test', calibrationBins: 15 },
    'How it is measured.',
  ),
  register: optional(
    object({
      model: required(slug(), 'The registered model that gets a new version.'),
      minimum: withDefault(
        record(GATE_METRICS, number({ min: -1, max: 1 })),
        {},
        'Held-out metrics that it must reach, or nothing is registered.',
      ),
      stage: withDefault(oneOf(STAGES.filter(isStart)), 'None', 'The stage that the new version goes to.'),
    }),
    'Registers the model when it is good enough; absent, nothing is registered.',
  ),
  seed: withDefault(
    integer({ min: 0, max: 4_294_967_295 }),
    1,
    'The same recipe, data, seed and backend give the same weights.',
  ),
});

type StartStage = 'None' | 'Staging' | 'Production';
function isStart(stage: (typeof STAGES)[number]): stage is StartStage {
  return stage !== 'Archived';
}

type Read<F> = F extends { read(...given: never[]): infer T | undefined } ? Exclude<T, undefined> : never;
export type RecipeDraft = Read<typeof recipeField>;
