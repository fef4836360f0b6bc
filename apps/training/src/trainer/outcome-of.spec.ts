import { DivergenceError } from '@modelyard/ml-networks';
import { RecipeError } from '@modelyard/ml-recipes';
import { outcomeOf } from './outcome-of';
import { TrainingFailure } from './training-failure';

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

it('tells what another attempt cannot cure from what it may', () => {
  expect(outcomeOf(new TrainingFailure('It diverged.'))).toEqual({
    type: 'failed',
    error: 'It diverged.',
    permanent: true,
  });
  expect(outcomeOf(new DivergenceError(3, { name: 'loss', value: NaN }))).toMatchObject({
    permanent: true,
    error: expect.stringMatching(/loss is NaN in epoch 3/),
  });
  const recipe = new RecipeError([{ path: 'model.layers[0]', message: 'does not fit' }]);
  expect(outcomeOf(recipe)).toMatchObject({
    permanent: true,
    error: expect.stringContaining('model.layers[0]'),
  });
  expect(outcomeOf(new Error('no such blob'))).toEqual({
    type: 'failed',
    error: 'no such blob',
    permanent: false,
  });
  expect(outcomeOf('text')).toMatchObject({ error: 'text', permanent: false });
});
