import type { MetricPoint, RunArtifact } from '../resources/run';
import type { PackageFile } from '../resources/model';
import type { Signature } from '../resources/signature';
import type { TrainingJob, TrainingProgress } from '../resources/training-job';
import type { DatasetVersion } from '../resources/dataset';

/**
 * What the training service says to the registry, under `/internal/training-jobs/{id}`. Every call may be repeated:
 * the second time changes nothing.
 *
 * POST start      → StartTrainingResponse   (the job is now running, or it must not run: see `decision`)
 * POST progress   TrainingProgressReport    → ProgressResponse
 * POST artifacts  { artifacts: RunArtifact[] } → 204 (the blobs are already in the store)
 * POST checkpoint { checkpoint: TrainingCheckpoint } → 204
 * POST succeed    SucceedTraining           → TrainingJob (registers the version in the same transaction)
 * POST fail       { error: string, retriable: boolean } → TrainingJob (retriable: back to queued, for another attempt)
 * POST cancelled  {}                        → TrainingJob
 */
export interface StartTrainingResponse {
  /** `skip`: it is finished already, or was cancelled before it began. */
  decision: 'run' | 'skip';
  job: TrainingJob;
  datasetVersion: DatasetVersion;
  checkpoint?: TrainingCheckpoint;
}

export interface TrainingProgressReport {
  progress?: TrainingProgress;
  metrics: MetricPoint[];
  params: Record<string, string>;
  tags: Record<string, string>;
}

export interface ProgressResponse {
  cancelRequested: boolean;
}

/** Where a training can go on from: everything that its next epoch depends on is in the blob. */
export interface TrainingCheckpoint {
  epoch: number;
  sha256: string;
  size: number;
}

export interface SucceedTraining {
  metrics: Record<string, number>;
  weightsDigest: string;
  backend: string;
  artifacts: RunArtifact[];
  /** Absent when the recipe registers nothing, or a minimum was missed. */
  register?: {
    model: string;
    stage: 'None' | 'Staging' | 'Production';
    signature: Signature;
    package: PackageFile[];
  };
  /** Why nothing was registered, when a minimum was missed. */
  refusal?: string;
}
