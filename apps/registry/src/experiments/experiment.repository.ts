import type { Experiment, Page } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

export interface ExperimentFilter {
  /** Part of the name, in any case. */
  search?: string;
  lifecycle?: Experiment['lifecycle'];
}

/** Where experiments live. Id `0` is `Default`, and always there. */
export abstract class ExperimentRepository {
  /** By id. */
  abstract list(filter: ExperimentFilter, page: PageRequest): Promise<Page<Experiment>>;
  /** @param path the field of the request that named it, for the error. @throws AppError NOT_FOUND */
  abstract require(id: string, path?: string): Promise<Experiment>;
  /** @returns its id. @throws AppError ALREADY_EXISTS */
  abstract create(name: string, tags: Record<string, string>): Promise<string>;
  /** @throws AppError CONFLICT when an experiment of the name exists and is deleted */
  abstract findOrCreate(name: string): Promise<{ id: string; created: boolean }>;
}
