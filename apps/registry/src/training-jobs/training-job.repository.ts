import type {
  Page,
  Recipe,
  TrainingCheckpoint,
  TrainingJob,
  TrainingJobEvent,
  TrainingJobStatus,
  TrainingProgress,
  TrainingResult,
} from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

export interface NewTrainingJob {
  id: string;
  recipe: Recipe;
  dataset: TrainingJob['dataset'];
  requestId: string;
  createdBy: string;
}

/** A job that the transaction holds: its status does not change until the end but by it. */
export interface HeldJob {
  job: TrainingJob;
  checkpoint?: TrainingCheckpoint;
}

export interface TrainingJobChange {
  status?: TrainingJobStatus;
  attempt?: number;
  cancelRequested?: boolean;
  progress?: TrainingProgress;
  checkpoint?: TrainingCheckpoint;
  error?: string | null;
  result?: TrainingResult;
  startedAt?: number;
  endedAt?: number;
}

/** A job that has not ended, as the reconciler sees it. */
export interface OpenJob {
  id: string;
  attempt: number;
  requestId: string;
}

/** Training jobs and their events. */
export abstract class TrainingJobRepository {
  /** Newest first. */
  abstract list(filter: { status?: TrainingJobStatus }, page: PageRequest): Promise<Page<TrainingJob>>;
  /** @throws AppError NOT_FOUND */
  abstract require(id: string): Promise<TrainingJob>;
  /** @throws AppError NOT_FOUND */
  abstract hold(id: string): Promise<HeldJob>;
  abstract create(job: NewTrainingJob): Promise<void>;
  abstract change(id: string, change: TrainingJobChange): Promise<void>;
  /** Gives the event the next number; whoever listens hears of it when the transaction commits. */
  abstract addEvent(id: string, type: TrainingJobEvent['type'], data: Record<string, unknown>): Promise<void>;
  /** @throws AppError NOT_FOUND */
  abstract hasEnded(id: string): Promise<boolean>;
  /** Events numbered above `after`, in order. */
  abstract eventsAfter(id: string, after: number, limit: number): Promise<TrainingJobEvent[]>;
  /** Jobs that are queued or running and have not changed since `before` (milliseconds), by id, from `after` on. */
  abstract open(before: number, limit: number, after?: string): Promise<OpenJob[]>;
}

export const ENDED_STATUSES: readonly TrainingJobStatus[] = ['succeeded', 'failed', 'cancelled'];

export function hasEnded(job: Pick<TrainingJob, 'status'>): boolean {
  return ENDED_STATUSES.includes(job.status);
}
