import type { DatasetImport } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';

/** What a worker hears that goes on with an import which has ended otherwise: it stops then. */
export function endedAlready({ id, status }: DatasetImport): AppError {
  return new AppError('CONFLICT', `Dataset import ${id} has ${status} already.`);
}
