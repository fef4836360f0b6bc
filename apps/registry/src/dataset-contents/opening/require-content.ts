import type { DatasetVersion } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';

/** @throws AppError NOT_FOUND when the content of the version was deleted */
export function requireContent({ dataset, version, deleted }: DatasetVersion): void {
  if (deleted === undefined) return;
  throw new AppError(
    'NOT_FOUND',
    `The content of version ${version} of dataset '${dataset}' was deleted on ${deleted.at}; only its record is kept.`,
  );
}
