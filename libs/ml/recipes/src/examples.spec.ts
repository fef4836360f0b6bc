import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetSchema } from '@modelyard/contracts';
import Ajv2020 from 'ajv/dist/2020';
import { checkRecipe } from './check-recipe';
import { checkRecipeAgainst } from './check-recipe-against';
import { RECIPE_JSON_SCHEMA } from './format/json-schema';
import { recipeDigest } from './recipe-digest';
import { RecipeError } from './recipe-error';
import { recipeOf, recipeWith } from './testing/recipes';
import { parseRecipe } from './text/parse-recipe';
import { readYaml } from './text/read-yaml';

const folder = join(__dirname, '../../../../examples/recipes');
const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

const SCHEMAS: Record<string, DatasetSchema> = {
  digits: {
    kind: 'image',
    shape: [8, 8, 1],
    dtype: 'uint8',
    target: 'digit',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    minimum: 0,
    maximum: 16,
  },
  iris: {
    kind: 'table',
    shape: [4],
    dtype: 'float32',
    columns: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
    target: 'species',
    classes: ['setosa', 'versicolor', 'virginica'],
    minimum: 0.1,
    maximum: 7.9,
  },
  penguins: {
    kind: 'table',
    shape: [5],
    dtype: 'float32',
    columns: ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g', 'year'],
    target: 'species',
    classes: ['Adelie', 'Chinstrap', 'Gentoo'],
    minimum: 13.1,
    maximum: 6300,
  },
};

const validate = new Ajv2020({ allErrors: true, strict: true }).compile(RECIPE_JSON_SCHEMA);

describe('the examples', () => {
  it('are there', () => {
    expect(examples).toEqual(
      expect.arrayContaining(['digits-cnn.yaml', 'iris-logistic-regression.yaml', 'iris-mlp.yaml']),
    );
  });

  it.each(examples)('%s fits its dataset', (name) => {
    const recipe = parseRecipe(textOf(name));
    expect(
      checkRecipeAgainst(recipe, SCHEMAS[recipe.dataset.name] as DatasetSchema).parameters,
    ).toBeGreaterThan(0);
  });

  it.each(examples)('%s is right by the JSON Schema, as written and completed', (name) => {
    validate(readYaml(textOf(name)));
    expect(validate.errors).toBeNull();
    validate(parseRecipe(textOf(name)));
    expect(validate.errors).toBeNull();
  });
});

describe('RECIPE_JSON_SCHEMA', () => {
  it.each<[string, unknown]>([
    ['an unknown key', recipeWith({ optimiser: 'adam' })],
    ['a missing name', recipeWith({ name: undefined })],
    ['a layer of an unknown type', recipeOf({ type: 'lstm' })],
    ['a filter count of 0', recipeOf({ type: 'conv2d', filters: 0, kernelSize: 3 })],
    ['a dropout of 1', recipeOf({ type: 'dropout', rate: 1 })],
    ['units in words', recipeOf({ type: 'dense', units: 'many' })],
    ['an unknown gate metric', recipeWith({ register: { model: 'm', minimum: { loss: 1 } } })],
    ['a name with a line break', recipeWith({ name: 'a\nb' })],
  ])('refuses %s, as checkRecipe does', (_what, recipe) => {
    const plain: unknown = JSON.parse(JSON.stringify(recipe));
    expect(validate(plain)).toBe(false);
    expect(() => checkRecipe(plain)).toThrow(RecipeError);
  });

  it('describes every key', () => {
    const undescribed: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties, ...rest } = schema as { properties?: Record<string, { description?: string }> };
      for (const [key, value] of Object.entries(properties ?? {})) {
        if (!value.description && !path.endsWith('minimum')) undescribed.push(`${path}.${key}`);
        walk(value, `${path}.${key}`);
      }
      for (const [key, value] of Object.entries(rest)) {
        for (const part of Array.isArray(value) ? (value as unknown[]) : [value])
          walk(part, `${path}/${key}`);
      }
    };
    walk(RECIPE_JSON_SCHEMA, '');
    // `type` names the variant, and has no other meaning.
    expect(undescribed.filter((path) => !path.endsWith('.type'))).toEqual([]);
  });
});

describe('recipeDigest', () => {
  it('does not depend on how the recipe was written', () => {
    const text = textOf('digits-cnn.yaml');
    const recipe = parseRecipe(text);
    const reversed = Object.fromEntries(Object.entries(recipe).reverse());
    expect(recipeDigest(parseRecipe(JSON.stringify(reversed), 'json'))).toBe(recipeDigest(recipe));
    expect(recipeDigest(parseRecipe(`# another comment\n${text}`))).toBe(recipeDigest(recipe));
  });

  it('changes with any setting', () => {
    const recipe = parseRecipe(textOf('iris-mlp.yaml'));
    const digests = [
      recipe,
      { ...recipe, seed: 2 },
      { ...recipe, training: { ...recipe.training, threads: 1 } },
    ].map(recipeDigest);
    expect(new Set(digests).size).toBe(3);
    expect(digests[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});
