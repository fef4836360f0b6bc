import type { StartTrainingResponse } from '@modelyard/contracts';
import type { TrainerAssignment } from '../trainer-protocol';

export interface AssignmentOptions {
  artifactStoreUrl: string;
  maxThreads?: number;
  checkpointIntervalMs: number;
  sourceCommit?: string;
}

/** What a trainer is told, made of what the registry says about the job and what this worker may give it. */
export function assign(start: StartTrainingResponse, options: AssignmentOptions): TrainerAssignment {
  const { recipe } = start.job;
  return {
    trainingJobId: start.job.id,
    recipe,
    datasetVersion: start.datasetVersion,
    ...(start.checkpoint === undefined ? {} : { checkpoint: start.checkpoint }),
    artifactStoreUrl: options.artifactStoreUrl,
    threads: Math.min(recipe.training.threads, options.maxThreads ?? Number.POSITIVE_INFINITY),
    checkpointIntervalMs: options.checkpointIntervalMs,
    ...(options.sourceCommit === undefined ? {} : { sourceCommit: options.sourceCommit }),
  };
}
