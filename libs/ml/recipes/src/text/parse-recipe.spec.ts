import fc from 'fast-check';
import { RecipeError } from '../recipe-error';
import { problemsOf } from '../testing/problems';
import { recipeWith } from '../testing/recipes';
import { parseRecipe } from './parse-recipe';

const yaml = `
apiVersion: modelyard/v1
name: small # a comment
dataset: { name: iris }
model:
  layers:
    - type: dense
      units: classes
      activation: softmax
training: { epochs: 5 }
`;

const firstProblem = (text: string, format?: 'yaml' | 'json'): string =>
  problemsOf(() => parseRecipe(text, format))[0] ?? 'none';

/** Starts a clock of this process's own work, which other work on the machine does not speed up. */
function processorSeconds(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

/** Ten aliases to ten aliases to …: nine short lines, a thousand million values. */
const bomb = [
  'a0: &a0 [x]',
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`),
].join('\n');

describe('parseRecipe', () => {
  it('reads YAML and JSON alike', () => {
    const json = JSON.stringify({ ...recipeWith(), training: { epochs: 5 } }, null, '\t');
    expect(parseRecipe(json, 'json')).toEqual(parseRecipe(yaml));
    expect(parseRecipe(json)).toEqual(parseRecipe(yaml));
  });

  it('lets blocks be shared by anchors', () => {
    const shared = yaml.replace(
      /layers:[^]*training/,
      'layers:\n    - &block { type: dense, units: 4 }\n    - *block\n    - { type: dense, units: classes, activation: softmax }\ntraining',
    );
    expect(parseRecipe(shared).model.layers.map(({ name }) => name)).toEqual([
      'dense_0',
      'dense_1',
      'dense_2',
    ]);
  });

  it.each<[string, string, 'yaml' | 'json', string]>([
    ['no text', ' \n', 'yaml', ': The recipe is empty'],
    ['comments only', '# nothing', 'yaml', ': is empty, expected an object with'],
    [
      'too much text',
      `${yaml}#${'x'.repeat(300_000)}`,
      'yaml',
      ': The recipe has 300181 bytes, at most 65536 are allowed',
    ],
    [
      'a duplicate key',
      `${yaml}name: again\n`,
      'yaml',
      ': Line 11, column 1 cannot be read: the key "name" stands here twice',
    ],
    [
      'a duplicate key in JSON',
      '{"name": "a", "name": "b"}',
      'json',
      ': Line 1, column 15 cannot be read: the key "name" stands here twice',
    ],
    ['bad indentation', 'a:\n  b: 1\n c: 2', 'yaml', ': Line 3, column 1 cannot be read: '],
    ['YAML as JSON', yaml, 'json', ': The recipe is not valid JSON: '],
    [
      'two documents',
      `${yaml}---\n${yaml}`,
      'yaml',
      ': Line 11, column 1 cannot be read: Source contains multiple documents',
    ],
    [
      'a tag',
      yaml.replace('small', '!!js/function "x"'),
      'yaml',
      ': Line 3, column 7 cannot be read: Unresolved tag',
    ],
    [
      'an alias bomb',
      bomb,
      'yaml',
      ': The recipe cannot be read: one of its aliases is wrong: Excessive alias count',
    ],
    ['an alias of itself', 'a: &a [*a]', 'yaml', ': '],
    [
      'an alias to nothing',
      'a: *b',
      'yaml',
      ': The recipe cannot be read: one of its aliases is wrong: Unresolved alias',
    ],
    [
      'not a number',
      yaml.replace('epochs: 5', 'epochs: .nan'),
      'yaml',
      'training.epochs: is NaN, expected a whole number',
    ],
    [
      'an infinite number',
      yaml.replace('epochs: 5', 'epochs: 1e999'),
      'yaml',
      'training.epochs: is Infinity, expected',
    ],
    ['deep nesting', '['.repeat(10_000), 'yaml', ': Line 1, column 65: the recipe is nested too deeply'],
    [
      'deep nesting in JSON',
      `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
      'json',
      ': Line 1, column 65: the recipe is nested too deeply',
    ],
    ['a merge key', yaml.replace('name: small', '<<: { name: small }'), 'yaml', '["<<"]: is not known here'],
  ])('refuses %s', (_what, text, format, expected) => {
    expect(firstProblem(text, format)).toContain(expected);
  });

  it.each(['[', '{', '}', '- ', 'a: {', 'a: b\n', '"', '&a '])(
    'takes time linear in the length of text made of %j',
    (unit) => {
      const seconds = processorSeconds();
      expect(firstProblem(unit.repeat(Math.floor(65_536 / unit.length)))).not.toBe('none');
      // Quadratic time would be half a minute.
      expect(seconds()).toBeLessThan(5);
    },
  );

  it('quotes no more of a text than one wants to read', () => {
    expect(firstProblem('!'.repeat(60_000)).length).toBeLessThan(300);
  });

  it('leaves the stacks of other errors alone', () => {
    const limit = Error.stackTraceLimit;
    expect(firstProblem('}')).not.toBe('none');
    expect(Error.stackTraceLimit).toBe(limit);
  });

  it('takes time linear in the number of keys', () => {
    const text = Array.from({ length: 7_000 }, (_, i) => `k${i}: 1`).join('\n');
    const seconds = processorSeconds();
    expect(firstProblem(text)).toContain('k0: is not known here');
    expect(seconds()).toBeLessThan(3);
  });

  it('throws nothing but RecipeError, whatever the text', () => {
    const damage = fc.tuple(fc.nat(yaml.length), fc.nat(20), fc.string({ maxLength: 10 }));
    fc.assert(
      fc.property(
        damage,
        fc.constantFrom('yaml' as const, 'json' as const),
        ([at, length, insert], format) => {
          try {
            parseRecipe(yaml.slice(0, at) + insert + yaml.slice(at + length), format);
          } catch (error) {
            expect(error).toBeInstanceOf(RecipeError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
