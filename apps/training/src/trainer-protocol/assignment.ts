import type { DatasetVersion, Recipe, TrainingCheckpoint } from '@modelyard/contracts';

/** All that a trainer process needs to know: it asks nobody but the blob store. */
export interface TrainerAssignment {
  trainingJobId: string;
  recipe: Recipe;
  datasetVersion: DatasetVersion;
  /** Where to go on from, when an earlier attempt came that far. */
  checkpoint?: TrainingCheckpoint;
  artifactStoreUrl: string;
  /** CPU threads, pinned: the weights depend on them in their last bits. */
  threads: number;
  checkpointIntervalMs: number;
  sourceCommit?: string;
}
