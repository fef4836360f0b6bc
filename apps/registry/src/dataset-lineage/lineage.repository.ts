import type { DatasetLineage, ModelLineage } from '@modelyard/contracts';

/** Of lists that may be long, this many of the newest are told. */
export const LINEAGE_LIMIT = 1_000;

export interface TrainedVersion {
  model: string;
  version: number;
  stage: string;
  runId: string;
}

/** What came of what. Reads the tables of many slices, and changes none of them. */
export abstract class LineageRepository {
  abstract children(dataset: string, version: number): Promise<DatasetLineage['children']>;
  /** Training jobs on the version, the newest first; a job's run has the job's id. */
  abstract runs(dataset: string, version: number): Promise<DatasetLineage['runs']>;
  /** Model versions that were trained on the version, by name and number. */
  abstract modelVersions(dataset: string, version: number): Promise<TrainedVersion[]>;
  /** What serves model versions that were trained on the version, by name. */
  abstract deployments(dataset: string, version: number): Promise<DatasetLineage['deployments']>;
  abstract importOf(id: string): Promise<DatasetLineage['import']>;
  /** The versions that a version was made from, the nearest first. */
  abstract ancestors(dataset: string, version: number): Promise<DatasetLineage['children']>;
  /** The run of a model version, if it is still there. */
  abstract runOf(runId: string): Promise<ModelLineage['run']>;
  /** The deployments that serve a model version, by name. */
  abstract servedBy(model: string, version: number): Promise<{ name: string }[]>;
}
