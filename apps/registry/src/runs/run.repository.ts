import type { Page, Run, RunStatus } from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';
import type { Tagged } from '../preconditions/tagged';
import type { RunOrder } from './run-order';

export interface NewRun {
  id: string;
  experimentId: string;
  name: string;
  status: RunStatus;
  userId: string;
  startedAt?: number;
}

export interface RunChange {
  name?: string;
  status?: RunStatus;
  statusMessage?: string | null;
  startedAt?: number;
  endedAt?: number | null;
}

export interface RunFilter {
  experimentId?: string;
  status?: RunStatus;
}

/** Where runs live. What they log has a repository of its own. */
export abstract class RunRepository {
  abstract list(filter: RunFilter, order: RunOrder, page: PageRequest): Promise<Page<Run>>;
  /** @throws AppError NOT_FOUND */
  abstract require(id: string): Promise<Tagged<Run>>;
  abstract create(run: NewRun): Promise<void>;
  /** @returns its revision; the run is held until the transaction ends. @throws AppError NOT_FOUND */
  abstract hold(id: string): Promise<number>;
  /** @throws AppError NOT_FOUND */
  abstract change(id: string, change: RunChange): Promise<void>;
}
