import type { DatasetSchema } from '@modelyard/contracts';
import { checkRecipe } from './check-recipe';
import { checkRecipeAgainst } from './check-recipe-against';
import type { NetworkPlan } from './check-recipe-against';
import { problemsOf } from './testing/problems';
import { lastLayer, recipeOf, recipeWith } from './testing/recipes';

const images = (height: number, width: number, channels: number): DatasetSchema => ({
  kind: 'image',
  shape: [height, width, channels],
  dtype: 'uint8',
  target: 'digit',
  classes: ['0', '1', '2'],
  minimum: 0,
  maximum: 255,
});
const table = (columns: number): DatasetSchema => ({
  kind: 'table',
  shape: [columns],
  dtype: 'float32',
  columns: Array.from({ length: columns }, (_, i) => `c${i}`),
  target: 'y',
  classes: ['a', 'b'],
  minimum: 0,
  maximum: 1,
});

const plan = (recipe: unknown, schema: DatasetSchema): NetworkPlan =>
  checkRecipeAgainst(checkRecipe(recipe), schema);
const problems = (recipe: unknown, schema: DatasetSchema): string[] => problemsOf(() => plan(recipe, schema));
/** Output shape behind `layer` on an image, and its weights. */
const behind = (layer: Record<string, unknown>, schema: DatasetSchema): unknown[] => {
  const { topology, parameters } = plan(recipeOf(layer, { type: 'flatten' }), schema);
  const last = topology.layers.at(-1);
  const lastWeights = ((last?.inputShapes[0]?.[0] ?? 0) + 1) * topology.classes;
  return [topology.layers[0]?.outputShape, parameters - lastWeights];
};

describe('checkRecipeAgainst', () => {
  it('resolves every shape and counts weights as Keras does', () => {
    // Keras counts 320 + 128 + 1536 + 3 for this stack (`model.summary()`).
    const { topology, parameters, exportable } = plan(
      recipeOf(
        { type: 'conv2d', filters: 32, kernelSize: 3, padding: 'same', activation: 'relu' },
        { type: 'batchNormalization' },
        { type: 'maxPooling2d' },
        { type: 'flatten' },
      ),
      images(8, 8, 1),
    );
    expect(topology.layers.map(({ outputShape }) => outputShape)).toEqual([
      [8, 8, 32],
      [8, 8, 32],
      [4, 4, 32],
      [512],
      [3],
    ]);
    expect(topology.layers.at(-1)).toMatchObject({ type: 'dense', units: 3, inputShapes: [[512]] });
    expect(topology).toMatchObject({ inputShape: [8, 8, 1], classes: 3 });
    expect(parameters).toBe(320 + 128 + 1536 + 3);
    expect(exportable).toBe(true);
  });

  // Shapes and counts by Keras' rules, worked out by hand on [9, 7, 4].
  it.each<[Record<string, unknown>, number[], number]>([
    [{ type: 'conv2d', filters: 5, kernelSize: 3 }, [7, 5, 5], 9 * 4 * 5 + 5],
    [{ type: 'conv2d', filters: 5, kernelSize: [3, 2], strides: 2 }, [4, 3, 5], 6 * 4 * 5 + 5],
    [
      { type: 'conv2d', filters: 5, kernelSize: 3, strides: 2, padding: 'same', useBias: false },
      [5, 4, 5],
      180,
    ],
    [{ type: 'conv2d', filters: 5, kernelSize: 3, dilation: [2, 3] }, [5, 1, 5], 185],
    [{ type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 }, [7, 5, 8], 9 * 4 * 2 + 8],
    [
      { type: 'separableConv2d', filters: 6, kernelSize: 3, depthMultiplier: 2 },
      [7, 5, 6],
      9 * 4 * 2 + 8 * 6 + 6,
    ],
    [{ type: 'maxPooling2d' }, [4, 3, 4], 0],
    [{ type: 'averagePooling2d', poolSize: 3, strides: 1, padding: 'same' }, [9, 7, 4], 0],
    [{ type: 'globalMaxPooling2d' }, [4], 0],
    [{ type: 'globalAveragePooling2d' }, [4], 0],
    [{ type: 'batchNormalization' }, [9, 7, 4], 16],
    [{ type: 'dropout', rate: 0.5 }, [9, 7, 4], 0],
    [{ type: 'activation', activation: 'gelu' }, [9, 7, 4], 0],
    [{ type: 'reshape', targetShape: [-1, 12] }, [21, 12], 0],
    [{ type: 'zeroPadding2d', padding: [[1, 2], 3] }, [12, 13, 4], 0],
    [{ type: 'upSampling2d', size: [2, 3] }, [18, 21, 4], 0],
  ])('%j gives %j and has %i weights', (layer, shape, weights) => {
    expect(behind(layer, images(9, 7, 4))).toEqual([shape, weights]);
  });

  it('joins branches', () => {
    const joined = (type: string, units: number): number[] | undefined =>
      plan(
        recipeOf(
          { type: 'dense', units: 4, name: 'a', inputs: ['input'] },
          { type: 'dense', units, name: 'b', inputs: ['input'] },
          { type, inputs: ['a', 'b'] },
        ),
        table(3),
      ).topology.layers[2]?.outputShape;
    expect(joined('add', 4)).toEqual([4]);
    expect(joined('concatenate', 6)).toEqual([10]);
  });

  it.each<[string, unknown, DatasetSchema, string[]]>([
    [
      'convolutions on a table',
      recipeOf({ type: 'conv2d', filters: 4, kernelSize: 3 }),
      table(4),
      ['model.layers[0]: conv2d takes images [height, width, channels], and its input is [4]'],
    ],
    [
      'dense layers on images',
      recipeWith(),
      images(8, 8, 1),
      ['model.layers[0]: dense takes a vector, and its input is [8, 8, 1]; put a flatten layer before it'],
    ],
    [
      'windows that do not fit',
      recipeOf({ type: 'conv2d', filters: 4, kernelSize: 5 }, { type: 'flatten' }),
      images(4, 9, 1),
      [
        'model.layers[0].kernelSize: a window of 5 × 5 does not fit into 4 × 9; use padding "same" or a smaller one',
      ],
    ],
    [
      'windows that do not fit, when dilated',
      recipeOf({ type: 'conv2d', filters: 4, kernelSize: 3, dilation: 3 }, { type: 'flatten' }),
      images(6, 6, 1),
      [
        'model.layers[0].kernelSize: a window of 7 × 7 does not fit into 6 × 6; use padding "same" or a smaller one',
      ],
    ],
    [
      'too much pooling',
      recipeOf(
        { type: 'maxPooling2d', poolSize: 3 },
        { type: 'maxPooling2d', poolSize: 3 },
        { type: 'flatten' },
      ),
      images(8, 8, 1),
      [
        'model.layers[1].poolSize: a window of 3 × 3 does not fit into 2 × 2; use padding "same" or a smaller one',
      ],
    ],
    [
      'strides with dilation, and uneven strides of depthwise convolutions',
      recipeOf(
        { type: 'conv2d', filters: 4, kernelSize: 3, dilation: 2, strides: 2, name: 'a', inputs: ['input'] },
        { type: 'depthwiseConv2d', kernelSize: 3, strides: [1, 2], name: 'b', inputs: ['input'] },
        { type: 'concatenate', inputs: ['a', 'b'] },
      ),
      images(20, 20, 1),
      [
        'model.layers[0].dilation: and strides cannot both be above 1',
        'model.layers[1].strides: must be equal in both directions for depthwiseConv2d',
      ],
    ],
    [
      'additions of different shapes',
      recipeOf({ type: 'dense', units: 5, name: 'a' }, { type: 'add', inputs: ['input', 'a'] }),
      table(4),
      ['model.layers[1].inputs: have different shapes: [4], [5]; add needs equal ones'],
    ],
    [
      'concatenations that differ in height',
      recipeOf(
        { type: 'maxPooling2d', name: 'a' },
        { type: 'concatenate', inputs: ['input', 'a'] },
        { type: 'flatten' },
      ),
      images(8, 8, 1),
      [
        'model.layers[1].inputs: differ in more than the last dimension: [8, 8, 1], [4, 4, 1]; concatenate joins along the last',
      ],
    ],
    [
      'reshaping into another number of values',
      recipeOf({ type: 'reshape', targetShape: [3, 5] }, { type: 'flatten' }),
      images(4, 4, 1),
      ['model.layers[0].targetShape: [3, 5] does not hold the 16 values of [4, 4, 1]'],
    ],
    [
      'reshaping into two unknown sides',
      recipeOf({ type: 'reshape', targetShape: [-1, -1] }, { type: 'flatten' }),
      images(4, 4, 1),
      ['model.layers[0].targetShape: may hold −1 only once'],
    ],
    [
      'a softmax over something else than the classes',
      recipeWith({
        model: {
          layers: [
            { type: 'conv2d', filters: 5, kernelSize: 1 },
            { type: 'globalAveragePooling2d' },
            { type: 'activation', activation: 'softmax' },
          ],
        },
      }),
      images(4, 4, 1),
      ['model.layers[2]: gives [5], and the dataset has 3 classes'],
    ],
    [
      'a dataset of one class',
      recipeWith(),
      { ...table(2), classes: ['only'] },
      ['dataset: "iris" has 1 classes, at least 2 are needed'],
    ],
    [
      'more weights than allowed',
      recipeOf({ type: 'dense', units: 60_000 }, { type: 'dense', units: 60_000 }),
      table(4),
      [
        'model: has 3600480002 weights, at most 200000000 are allowed',
        expect.stringMatching(/^training.batchSize: of 32/),
      ],
    ],
    [
      'immense images',
      recipeOf({ type: 'upSampling2d', size: 64 }, { type: 'upSampling2d', size: 64 }, { type: 'flatten' }),
      images(8, 8, 1),
      [expect.stringMatching(/^model\.layers\[1\]: makes 1073741824 values of one sample, at most /)],
    ],
  ])('refuses %s', (_what, recipe, schema, expected) => {
    expect(problems(recipe, schema)).toEqual(expected);
  });

  it('lets a network without a dense layer end in a softmax over the classes', () => {
    const layers = [
      { type: 'conv2d', filters: 3, kernelSize: 1 },
      { type: 'globalAveragePooling2d' },
      { type: 'activation', activation: 'softmax' },
    ];
    expect(problems(recipeWith({ model: { layers } }), images(4, 4, 1))).toEqual([]);
  });

  it('estimates memory from weights, optimizer and batch', () => {
    const bytes = (training: object): number => plan(recipeWith({ training }), table(3)).memoryBytes;
    // 8 weights; 3 inputs and 2 outputs with gradient and activation: 9 values a sample.
    expect(bytes({ epochs: 1, batchSize: 10, optimizer: { type: 'sgd' } })).toBe(4 * (8 * 2 + 9 * 10));
    expect(bytes({ epochs: 1, batchSize: 1, optimizer: { type: 'sgd', momentum: 0.9 } })).toBe(
      4 * (8 * 3 + 9),
    );
    expect(bytes({ epochs: 1, batchSize: 1, optimizer: { type: 'adam' } })).toBe(4 * (8 * 4 + 9));
    expect(bytes({ epochs: 1, batchSize: 1, optimizer: { type: 'rmsprop' } })).toBe(4 * (8 * 4 + 9));
  });

  it('does not change the recipe', () => {
    const recipe = checkRecipe(recipeWith({ model: { layers: [{ type: 'flatten' }, lastLayer] } }));
    const before = structuredClone(recipe);
    checkRecipeAgainst(recipe, images(4, 4, 1));
    expect(recipe).toEqual(before);
  });

  it('names the features that lack values, and the filter that leaves those rows out', () => {
    const field = (name: string, nullable: boolean) => ({
      name,
      type: 'numeric' as const,
      role: 'feature' as const,
      nullable,
    });
    const fields = [
      field('c0', false),
      field('c1', true),
      { ...field('notes', true), type: 'text' as const },
    ];
    const recipe = recipeOf(lastLayer);
    expect(problems(recipe, { ...table(2), fields })).toEqual([
      expect.stringMatching(/^dataset: .* without a value in c1; .* "c1" IS NOT NULL$/),
    ]);
    expect(problems(recipe, { ...table(2), fields: [field('c0', false), field('c1', false)] })).toEqual([]);
  });

  it('refuses a table without a number', () => {
    expect(problems(recipeOf(lastLayer), { ...table(0), shape: [0], columns: [] })).toEqual([
      expect.stringMatching(/^dataset: .* no feature that is a number/),
    ]);
  });
});
