import type { DatasetLineage } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import type { TrainedVersion } from '../dataset-lineage/lineage.repository';
import type { OpenUses } from './deletion.repository';

/** What a version must not be deleted under. */
export interface Dependents {
  /** In Staging or Production. */
  staged: TrainedVersion[];
  deployments: DatasetLineage['deployments'];
}

const NAMED = 20;

/** In words: `version 3 of model 'digits' (Production), deployment 'reader'`. */
export function nameDependents({ staged, deployments }: Dependents): string[] {
  return [
    ...staged.map(({ model, version, stage }) => `version ${version} of model '${model}' (${stage})`),
    ...deployments.map(
      ({ name, model, version }) => `deployment '${name}' (version ${version} of '${model}')`,
    ),
  ];
}

/** @throws AppError CONFLICT while something reads the version */
export function refuseWhileUsed({ trainingJobs, imports }: OpenUses): void {
  const users = [...trainingJobs.map((id) => `training job ${id}`), ...imports.map((id) => `import ${id}`)];
  if (users.length === 0) return;
  throw new AppError(
    'CONFLICT',
    `The version is being read by ${list(users)}. Wait for them to end, or cancel them first.`,
  );
}

/** @throws AppError CONFLICT when models that are in use were trained on the version, unless it is forced */
export function refuseWhileServed(dependents: Dependents, force: boolean): void {
  const named = nameDependents(dependents);
  if (named.length === 0 || force) return;
  const message = `what is in use was trained on it: ${list(named)}`;
  throw new AppError(
    'CONFLICT',
    `The version stays, since ${message}. With force=true and a reason its content goes and its record stays.`,
    { fields: [{ path: 'force', message }] },
  );
}

function list(names: string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
