import fc from 'fast-check';
import { checkRecipe } from './check-recipe';
import { RecipeError } from './recipe-error';
import { problemsOf } from './testing/problems';
import { lastLayer, recipeOf, recipeWith } from './testing/recipes';

const problems = (value: unknown): string[] => problemsOf(() => checkRecipe(value));

describe('checkRecipe', () => {
  it('fills everything that a recipe leaves out', () => {
    expect(
      checkRecipe(recipeOf({ type: 'conv2d', filters: 8, kernelSize: 3 }, { type: 'maxPooling2d' })),
    ).toEqual({
      apiVersion: 'modelyard/v1',
      name: 'small',
      description: '',
      experiment: 'Default',
      dataset: { name: 'iris', version: 'latest' },
      preprocessing: [],
      model: {
        type: 'network',
        layers: [
          {
            type: 'conv2d',
            name: 'conv2d_0',
            inputs: ['input'],
            filters: 8,
            kernelSize: [3, 3],
            strides: [1, 1],
            padding: 'valid',
            dilation: [1, 1],
            activation: 'linear',
            useBias: true,
            l2: 0,
          },
          {
            type: 'maxPooling2d',
            name: 'maxPooling2d_1',
            inputs: ['conv2d_0'],
            poolSize: [2, 2],
            strides: [2, 2],
            padding: 'valid',
          },
          {
            type: 'dense',
            name: 'dense_2',
            inputs: ['maxPooling2d_1'],
            units: 'classes',
            activation: 'softmax',
            useBias: true,
            l2: 0,
          },
        ],
      },
      training: {
        epochs: 1,
        batchSize: 32,
        optimizer: { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
        threads: 2,
        backend: 'auto',
      },
      evaluation: { split: 'test', calibrationBins: 15 },
      seed: 1,
    });
  });

  it('leaves a complete recipe as it is', () => {
    const layers = [
      { type: 'zeroPadding2d', padding: 1 },
      { type: 'conv2d', filters: 4, kernelSize: [3, 2], name: 'a' },
      { type: 'upSampling2d' },
      { type: 'reshape', targetShape: [-1] },
      { type: 'dropout', rate: 0.5 },
    ];
    const once = checkRecipe({ ...recipeOf(...layers), register: { model: 'm' } });
    expect(checkRecipe(once)).toEqual(once);
    expect(checkRecipe(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  it('does not touch what it is given, nor share its own defaults', () => {
    const given = recipeWith();
    const before = structuredClone(given);
    checkRecipe(given).training.optimizer.learningRate = 7;
    expect(given).toEqual(before);
    expect(checkRecipe(given).training.optimizer.learningRate).toBe(0.001);
  });

  it('reports every problem at once, each by the path that a person wrote', () => {
    const wrong = recipeWith({
      name: undefined,
      optimiser: 'adam',
      model: {
        layers: [
          lastLayer,
          { type: 'conv2d', filters: 0, kernelSize: [3, 'x'], activaton: 'relu' },
          { type: 'lstm', units: 3 },
          { type: 'Max_Pooling2D' },
        ],
      },
      training: { epochs: NaN, batchSize: 2.5, optimizer: { type: 'adam', learningRate: -1 } },
      register: { model: 'a/b', minimum: { acuracy: 1 } },
    });
    expect(problems(wrong)).toEqual([
      expect.stringMatching(/^optimiser: is not known here\. Known: apiVersion, name, /),
      'name: is missing: What the recipe is called.',
      'model.layers[1].activaton: is not known here. Did you mean "activation"?',
      'model.layers[1].filters: is 0, expected a whole number from 1 to 8192',
      'model.layers[1].kernelSize[1]: is "x", expected a whole number from 1 to 64',
      expect.stringMatching(/^model\.layers\[2\]\.type: is "lstm", no layer type\. Known: dense, conv2d, /),
      expect.stringMatching(/^model\.layers\[3\]\.type: .* Did you mean "maxPooling2d"\? Known: /),
      'training.epochs: is NaN, expected a whole number from 1 to 10000',
      'training.batchSize: is 2.5, expected a whole number from 1 to 65536',
      'training.optimizer.learningRate: is -1, expected a number above 0 up to 100',
      expect.stringMatching(/^register\.model: is "a\/b", expected up to 100 letters/),
      'register.minimum.acuracy: is not known here. Did you mean "accuracy"?',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, ': is a undefined, expected an object with'],
    ['a list', [], ': is a list of 0, expected an object with'],
    ['another version', recipeWith({ apiVersion: 'v2' }), 'apiVersion: is "v2", expected "modelyard/v1".'],
    [
      'an infinite rate',
      recipeWith({ training: { epochs: 1, optimizer: { type: 'sgd', learningRate: Infinity } } }),
      'training.optimizer.learningRate: is Infinity, expected a number above 0 up to 100',
    ],
    [
      'an optimizer without type',
      recipeWith({ training: { epochs: 1, optimizer: {} } }),
      'training.optimizer.type: is missing, expected one of sgd, adam, rmsprop',
    ],
    ['an empty key', recipeWith({ preprocessing: null }), 'preprocessing: is empty, expected a list'],
    [
      'text for a switch',
      recipeOf({ type: 'dense', units: 3, useBias: 'yes' }),
      'model.layers[0].useBias: is "yes", expected true or false',
    ],
    [
      'too many epochs',
      recipeWith({ training: { epochs: 1e6 } }),
      'training.epochs: is 1000000, expected a whole number from 1 to 10000',
    ],
    [
      'too many layers',
      recipeOf(
        ...Array<object>(200)
          .fill({ type: 'flatten' })
          .map((l) => ({ ...l })),
      ),
      'model.layers: has 201 entries, at most 200 are allowed',
    ],
    [
      'no layers',
      recipeWith({ model: { layers: [] } }),
      'model.layers: has 0 entries, at least 1 are needed',
    ],
    [
      'a long name',
      recipeWith({ name: 'x'.repeat(201) }),
      'name: has 201 characters, at most 200 are allowed',
    ],
    ['control characters', recipeWith({ name: 'a\u0000b' }), 'name: contains control characters'],
    ['a name of nothing', recipeWith({ name: '' }), 'name: is empty'],
    [
      'a stage for the past',
      recipeWith({ register: { model: 'm', stage: 'Archived' } }),
      'register.stage: is "Archived", expected one of None, Staging, Production.',
    ],
    [
      'a minimum of an error',
      recipeWith({ register: { model: 'm', minimum: { log_loss: 0.1 } } }),
      'register.minimum.log_loss: is not known here.',
    ],
    [
      'units in words',
      recipeOf({ type: 'dense', units: 'clases' }),
      'model.layers[0].units: is "clases", expected "classes". Did you mean "classes"?',
    ],
    [
      'three numbers for a pair',
      recipeOf({ type: 'maxPooling2d', poolSize: [1, 2, 3] }),
      'model.layers[0].poolSize: has 3 entries, expected [height, width] or one number for both',
    ],
    [
      'a dropout of everything',
      recipeOf({ type: 'dropout', rate: 1 }),
      'model.layers[0].rate: is 1, expected a number from 0 and below 1',
    ],
    [
      'inherited keys',
      recipeWith(JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as Record<string, unknown>),
      'constructor: is not known here.',
    ],
  ])('refuses %s', (_what, value, expected) => {
    expect(problems(value).join('\n')).toContain(expected);
  });

  it('takes padding in all its forms', () => {
    const paddingOf = (padding: unknown): unknown =>
      checkRecipe(recipeOf({ type: 'zeroPadding2d', padding })).model.layers[0];
    expect(paddingOf(2)).toMatchObject({
      padding: [
        [2, 2],
        [2, 2],
      ],
    });
    expect(paddingOf([1, 2])).toMatchObject({
      padding: [
        [1, 1],
        [2, 2],
      ],
    });
    expect(paddingOf([[1, 2], 3])).toMatchObject({
      padding: [
        [1, 2],
        [3, 3],
      ],
    });
  });

  it('stops listing after fifty problems, and says so', () => {
    const layers = Array.from({ length: 80 }, () => ({ type: 'dense', units: -1 }));
    const found = problems(recipeOf(...layers));
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toBe(': and 30 more problems');
  });

  it('throws nothing but RecipeError, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (value) => {
        expect(() => checkRecipe(value)).toThrow(RecipeError);
      }),
      { numRuns: 300 },
    );
  });

  it('throws nothing but RecipeError for a recipe with any value in any place', () => {
    const whole = checkRecipe({
      ...recipeOf({ type: 'conv2d', filters: 8, kernelSize: 3 }, { type: 'zeroPadding2d', padding: 1 }),
      preprocessing: [{ type: 'rescale' }, { type: 'standardize' }],
      register: { model: 'm', minimum: { accuracy: 0.5 } },
    });
    const paths = [...pathsIn(whole)];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), fc.anything()), (path, value) => {
        try {
          checkRecipe(replaced(whole, path, value));
        } catch (error) {
          expect(error).toBeInstanceOf(RecipeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function* pathsIn(value: unknown, path: string[] = []): Generator<string[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, content] of Object.entries(value)) {
    yield [...path, key];
    yield* pathsIn(content, [...path, key]);
  }
}

function replaced(value: unknown, [key, ...rest]: string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const slot = copy as Record<string, unknown>;
  slot[key] = replaced(slot[key], rest, replacement);
  return copy;
}
