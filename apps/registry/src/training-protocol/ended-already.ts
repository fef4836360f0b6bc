import type { TrainingJob } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';

/** What a worker hears that goes on with a job which has ended otherwise: it stops then. */
export function endedAlready({ id, status }: TrainingJob): AppError {
  return new AppError('CONFLICT', `Training job ${id} has ${status} already.`);
}
