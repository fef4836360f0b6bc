import type { Page, RegisteredModel } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';
import type { Tagged } from '../preconditions/tagged';

/** A model that the transaction holds: nobody else changes it, its versions, stages or aliases until the end. */
export interface HeldModel {
  id: number;
  name: string;
  revision: number;
}

export interface ModelChange {
  description?: string;
  tags?: Record<string, string>;
}

export interface ModelFilter {
  /** Part of the name, in any case. */
  search?: string;
}

/** Where registered models live. */
export abstract class ModelRepository {
  /** By name. */
  abstract list(filter: ModelFilter, page: PageRequest): Promise<Page<RegisteredModel>>;
  /** @throws AppError NOT_FOUND */
  abstract require(name: string): Promise<Tagged<RegisteredModel>>;
  /** @throws AppError ALREADY_EXISTS */
  abstract create(model: { name: string } & Required<ModelChange>): Promise<void>;
  /** @throws AppError NOT_FOUND */
  abstract hold(name: string): Promise<HeldModel>;
  /** Holds the model, and makes it first if it does not exist. */
  abstract holdOrCreate(name: string): Promise<{ model: HeldModel; created: boolean }>;
  /** Tags replace all tags that were there. */
  abstract change(model: HeldModel, change: ModelChange): Promise<void>;
  abstract delete(model: HeldModel): Promise<void>;
}
