import type { ModelVersion, Page, Stage } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';
import type { HeldModel } from '../models/model.repository';
import type { Tagged } from '../preconditions/tagged';

export interface NewModelVersion extends Pick<
  ModelVersion,
  'description' | 'tags' | 'runId' | 'dataset' | 'metrics' | 'signature' | 'package' | 'createdBy'
> {
  source: string;
}

export interface VersionChange {
  description?: string;
  tags?: Record<string, string>;
}

/** Where model versions live. What changes one needs its model held. */
export abstract class VersionRepository {
  /** Newest first. @throws AppError NOT_FOUND when the model does not exist */
  abstract list(model: string, filter: { stage?: Stage }, page: PageRequest): Promise<Page<ModelVersion>>;
  /** @throws AppError NOT_FOUND when the model or the version does not exist */
  abstract require(model: string, version: number): Promise<Tagged<ModelVersion>>;
  /** Adds the next version, in stage None. @returns its number */
  abstract add(model: HeldModel, version: NewModelVersion): Promise<number>;
  abstract change(model: HeldModel, version: number, change: VersionChange): Promise<void>;
  abstract setStage(model: HeldModel, version: number, stage: Stage): Promise<void>;
  /** Archives all versions in `stage` but `except`. @returns their numbers, ascending */
  abstract archiveOthers(model: HeldModel, stage: Stage, except: number): Promise<number[]>;
  abstract delete(model: HeldModel, version: number): Promise<void>;
}
