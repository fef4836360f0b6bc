import { DivergenceError } from '@modelyard/ml-networks';
import { RecipeError } from '@modelyard/ml-recipes';
import type { TrainerOutcome } from '../trainer-protocol';
import { TrainingFailure } from './training-failure';

/** What an error that ended a training means for its job. */
export function outcomeOf(error: unknown): TrainerOutcome {
  if (error instanceof TrainingFailure || error instanceof DivergenceError) {
    return { type: 'failed', error: error.message, permanent: true };
  }
  if (error instanceof RecipeError) {
    const fields = error.fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return { type: 'failed', error: `The recipe does not fit its dataset: ${fields}`, permanent: true };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  return { type: 'failed', error: error instanceof Error ? error.message : String(error), permanent: false };
}
