import { irisRecipe } from '../testing/recipes';
import { readRecipe } from './read-recipe';

const fieldsOf = (body: unknown): string[] => {
  try {
    readRecipe(body);
    return [];
  } catch (error) {
    return (error as { fields: { path: string }[] }).fields.map(({ path }) => path);
  }
};

it('reads a recipe in each of its forms to the same', () => {
  const recipe = readRecipe(irisRecipe());
  expect(readRecipe({ recipe: irisRecipe() })).toEqual(recipe);
  expect(readRecipe(JSON.stringify(irisRecipe()))).toEqual(recipe);
  expect(readRecipe({ recipe: JSON.stringify(irisRecipe()) })).toEqual(recipe);
});

it('names wrong fields as they stand in the body', () => {
  expect(fieldsOf(irisRecipe({ seed: -1, sed: 1 }))).toEqual(expect.arrayContaining(['seed', 'sed']));
  expect(fieldsOf({ recipe: irisRecipe({ seed: -1 }) })).toEqual(['recipe.seed']);
  expect(fieldsOf({ recipe: 5 })).toEqual(['recipe']);
  expect(fieldsOf({ recipe: irisRecipe(), dry: true })).toEqual(['dry']);
  expect(fieldsOf([])).toEqual(['']);
});
