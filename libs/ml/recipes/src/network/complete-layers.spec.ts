import { checkRecipe } from '../check-recipe';
import { problemsOf } from '../testing/problems';
import { lastLayer, recipeOf, recipeWith } from '../testing/recipes';

const problems = (value: unknown): string[] => problemsOf(() => checkRecipe(value));
const last = (layer: unknown): unknown => recipeWith({ model: { layers: [{ type: 'flatten' }, layer] } });

describe('the graph of layers', () => {
  it('may branch and join by name', () => {
    const recipe = checkRecipe(
      recipeOf(
        { type: 'dense', units: 4, name: 'left', inputs: ['input'] },
        { type: 'dense', units: 4, name: 'right', inputs: ['input'] },
        { type: 'add', inputs: ['left', 'right'] },
      ),
    );
    expect(recipe.model.layers.map(({ inputs }) => inputs)).toEqual([
      ['input'],
      ['input'],
      ['left', 'right'],
      ['add_2'],
    ]);
  });

  it.each<[string, unknown, string[]]>([
    [
      'a name used twice',
      recipeOf({ type: 'flatten', name: 'a' }, { type: 'dense', units: 2, name: 'a' }),
      ['model.layers[1].name: is "a", which layer 0 is called already'],
    ],
    [
      'a given name that a default takes, too',
      recipeOf({ type: 'flatten', name: 'dense_2' }, { type: 'dense', units: 2 }),
      ['model.layers[2].name: is "dense_2", which layer 0 is called already'],
    ],
    [
      'the name of the input',
      recipeOf({ type: 'flatten', name: 'input' }),
      ['model.layers[0].name: is "input", which stands for the sample itself'],
    ],
    [
      'a name that weights cannot have',
      recipeOf({ type: 'flatten', name: 'a/b' }),
      [
        'model.layers[0].name: may hold letters, digits, dots, dashes and underscores, a letter or digit first',
      ],
    ],
    [
      'an unknown input',
      recipeOf({ type: 'flatten', name: 'flat' }, { type: 'dense', units: 2, inputs: ['falt'] }),
      [
        'model.layers[1].inputs[0]: is "falt", and no layer is called so. Did you mean "flat"?',
        'model.layers[0]: "flat" is no later layer\'s input, so it would do nothing',
      ],
    ],
    [
      'a later layer as input, and so a cycle',
      recipeOf({ type: 'add', name: 'a', inputs: ['input', 'b'] }, { type: 'dense', units: 2, name: 'b' }),
      ['model.layers[0].inputs[1]: is "b", which is a later layer; inputs must come before'],
    ],
    [
      'itself as input',
      recipeOf({ type: 'dense', units: 2, name: 'a', inputs: ['a'] }),
      ['model.layers[0].inputs[0]: is "a", which is this layer itself; inputs must come before'],
    ],
    [
      'one input for add',
      recipeOf({ type: 'dense', units: 2 }, { type: 'add' }, { type: 'concatenate', inputs: ['add_1'] }),
      [
        'model.layers[1].inputs: is missing; add joins two or more layers: name them',
        'model.layers[2].inputs: has one entry; concatenate joins two or more layers: name them',
      ],
    ],
    [
      'two inputs for dense',
      recipeOf({ type: 'flatten', name: 'a' }, { type: 'dense', units: 2, inputs: ['a', 'input'] }),
      ['model.layers[1].inputs: has 2 entries; dense takes one. Join them with add or concatenate'],
    ],
    [
      'a layer that leads nowhere',
      recipeOf({ type: 'dense', units: 2, name: 'lost' }, { type: 'dense', units: 2, inputs: ['input'] }),
      ['model.layers[0]: "lost" is no later layer\'s input, so it would do nothing'],
    ],
    [
      'a last layer of another type',
      last({ type: 'flatten' }),
      [
        'model.layers[1]: is flatten; the last layer must be dense with units "classes" and activation "softmax"',
      ],
    ],
    [
      'a last layer without softmax, of fixed size',
      last({ type: 'dense', units: 10 }),
      [
        'model.layers[1].units: is 10; the last layer must have units "classes", as many as the dataset has',
        'model.layers[1].activation: is "linear"; the last layer must have activation "softmax"',
      ],
    ],
    [
      'a last activation other than softmax',
      last({ type: 'activation', activation: 'sigmoid' }),
      ['model.layers[1].activation: of the last layer must be softmax'],
    ],
  ])('does not have %s', (_what, recipe, expected) => {
    expect(problems(recipe)).toEqual(expected);
  });

  it('may end in an activation of its own', () => {
    const layers = [
      { ...lastLayer, activation: 'linear' },
      { type: 'activation', activation: 'softmax' },
    ];
    expect(problems(recipeWith({ model: { layers } }))).toEqual([]);
  });
});
