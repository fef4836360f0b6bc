import { ACTIVATIONS } from '@modelyard/contracts';
import { either, list, pair } from '../fields/lists';
import { optional, required, variants, withDefault } from '../fields/objects';
import { flag, integer, number, oneOf, text } from '../fields/scalars';
import type { Field } from '../fields/field';
import { RECIPE_LIMITS } from '../limits';

const side = integer({ min: 1, max: RECIPE_LIMITS.kernelSide });
const activation = oneOf(ACTIVATIONS);
const padding = oneOf(['valid', 'same']);
const l2 = withDefault(number({ min: 0, max: 100 }), 0, 'Weight of the L2 penalty on the kernel.');
const useBias = withDefault(flag(), true, 'Whether a bias is added.');
const activationAfter = withDefault(activation, 'linear', 'Applied to the output.');
const strides = withDefault(pair(side), [1, 1], 'Step of the window, [height, width] or one number.');
const border = withDefault(
  padding,
  'valid',
  'same keeps the size (at stride 1), valid takes whole windows only.',
);
const kernelSize = required(pair(side), 'Size of the window, [height, width] or one number.');
const depthMultiplier = withDefault(integer({ min: 1, max: 64 }), 1, 'Outputs for each input channel.');
const filters = required(integer({ min: 1, max: RECIPE_LIMITS.filters }), 'Number of output channels.');

const name = {
  name: optional(text({ max: 100 }), 'Unique; `<type>_<index>` when absent.'),
  inputs: optional(
    list(text({ max: 100 }), { min: 1, max: 50 }),
    'Names of earlier layers, or `input`; the layer before when absent.',
  ),
};

const pooling = {
  ...name,
  poolSize: withDefault(pair(side), [2, 2], 'Size of the window, [height, width] or one number.'),
  strides: optional(pair(side), 'Step of the window; poolSize when absent.'),
  padding: border,
};

const amount = integer({ min: 0, max: 1024 });
const isNested = (value: unknown): boolean => Array.isArray(value) && value.some(Array.isArray);
const symmetric: Field<[[number, number], [number, number]]> = {
  schema: pair(amount).schema,
  read(value, place) {
    const sides = pair(amount).read(value, place);
    return (
      sides && [
        [sides[0], sides[0]],
        [sides[1], sides[1]],
      ]
    );
  },
};
const fourSides = pair(pair(amount));
const edges: Field<[[number, number], [number, number]]> = {
  schema: { type: 'array', items: pair(amount).schema, minItems: 2, maxItems: 2 },
  read: (value, place) => fourSides.read(value, place),
};

/** A layer as a person writes it: names, inputs and the strides of pooling may be absent. */
export const layerField = variants(
  {
    dense: {
      ...name,
      units: required(
        either(
          (value) => typeof value === 'string',
          oneOf(['classes']),
          integer({ min: 1, max: RECIPE_LIMITS.units }),
        ),
        'Number of outputs; `classes` for as many as the dataset has classes.',
      ),
      activation: activationAfter,
      useBias,
      l2,
    },
    conv2d: {
      ...name,
      filters,
      kernelSize,
      strides,
      padding: border,
      dilation: withDefault(pair(side), [1, 1], 'Spacing of the window, [height, width] or one number.'),
      activation: activationAfter,
      useBias,
      l2,
    },
    depthwiseConv2d: {
      ...name,
      kernelSize,
      strides,
      padding: border,
      depthMultiplier,
      activation: activationAfter,
      useBias,
    },
    separableConv2d: {
      ...name,
      filters,
      kernelSize,
      strides,
      padding: border,
      depthMultiplier,
      activation: activationAfter,
      useBias,
    },
    maxPooling2d: pooling,
    averagePooling2d: pooling,
    globalMaxPooling2d: name,
    globalAveragePooling2d: name,
    batchNormalization: {
      ...name,
      momentum: withDefault(number({ min: 0, max: 1, below: true }), 0.99, 'Of the moving averages.'),
      epsilon: withDefault(number({ min: 0, max: 1, above: true }), 0.001, 'Added to the variance.'),
    },
    dropout: {
      ...name,
      rate: required(number({ min: 0, max: 1, below: true }), 'Share of the values set to zero.'),
    },
    flatten: name,
    reshape: {
      ...name,
      targetShape: required(
        list(
          either(
            (value) => value === -1,
            { schema: { const: -1 }, read: () => -1 },
            integer({ min: 1, max: 1_000_000 }),
          ),
          { min: 1, max: 3 },
        ),
        'Shape of one sample; one −1 takes what is left.',
      ),
    },
    activation: { ...name, activation: required(activation, 'Which one.') },
    add: name,
    concatenate: name,
    zeroPadding2d: {
      ...name,
      padding: required(
        either(isNested, edges, symmetric),
        'Rows and columns of zeros: one number, [height, width] or [[top, bottom], [left, right]].',
      ),
    },
    upSampling2d: {
      ...name,
      size: withDefault(
        pair(integer({ min: 1, max: 64 })),
        [2, 2],
        'Factors, [height, width] or one number.',
      ),
      interpolation: withDefault(oneOf(['nearest', 'bilinear']), 'nearest', 'How new pixels come about.'),
    },
  },
  'layer type',
);

type Read<F> = F extends Field<infer T> ? T : never;
export type LayerDraft = Read<typeof layerField>;
