import type {
  DataContract,
  DatasetImport,
  DatasetImportEvent,
  DerivationOperation,
  ImportCheckpoint,
  ImportError,
  ImportOptions,
  ImportProgress,
  ImportSource,
  ImportStatus,
  Page,
} from '@modelyard/contracts';
import type { PageRequest } from '../listing/keyset';

export interface NewDatasetImport {
  id: string;
  dataset: string;
  description?: string;
  source: ImportSource;
  options: ImportOptions;
  contract?: DataContract;
  /** Of an append or a derivation. */
  parent?: { version: number; operation: DerivationOperation };
  requestId: string;
  createdBy: string;
}

/** An import with what people are not shown: the whole URL, what the next attempt goes on from. */
export interface KnownImport {
  import: DatasetImport;
  description?: string;
  contract?: DataContract;
  parent?: { version: number; operation: DerivationOperation };
  checkpoint?: ImportCheckpoint;
  attemptId?: string;
}

export interface DatasetImportChange {
  status?: ImportStatus;
  attempt?: number;
  attemptId?: string;
  cancelRequested?: boolean;
  progress?: ImportProgress | null;
  checkpoint?: ImportCheckpoint | null;
  error?: ImportError | null;
  result?: { version: number; created: boolean };
  startedAt?: number;
  endedAt?: number | null;
}

/** An import that has not ended, as the reconciler sees it. */
export interface OpenImport {
  id: string;
  attempt: number;
  requestId: string;
}

/** Imports of datasets, their events, and the blobs that they have need of. */
export abstract class DatasetImportRepository {
  /** Newest first. */
  abstract list(
    filter: { status?: ImportStatus; dataset?: string },
    page: PageRequest,
  ): Promise<Page<DatasetImport>>;
  /** As people see it. @throws AppError NOT_FOUND */
  abstract require(id: string): Promise<DatasetImport>;
  /** Holds it until the transaction ends: it does not change but by it. @throws AppError NOT_FOUND */
  abstract hold(id: string): Promise<KnownImport>;
  abstract create(created: NewDatasetImport): Promise<void>;
  abstract change(id: string, change: DatasetImportChange): Promise<void>;
  /** Writes down which blobs a checkpoint names. @returns those that it named before, and names no more */
  abstract needBlobs(id: string, sha256s: readonly string[]): Promise<string[]>;
  /** Gives the event the next number; whoever listens hears of it when the transaction commits. */
  abstract addEvent(
    id: string,
    type: DatasetImportEvent['type'],
    data: Record<string, unknown>,
  ): Promise<void>;
  /** @throws AppError NOT_FOUND */
  abstract hasEnded(id: string): Promise<boolean>;
  /** Events numbered above `after`, in order. */
  abstract eventsAfter(id: string, after: number, limit: number): Promise<DatasetImportEvent[]>;
  /** Imports that are queued or running and have not changed since `before` (milliseconds), by id, from `after` on. */
  abstract open(before: number, limit: number, after?: string): Promise<OpenImport[]>;
  /** Holds imports with a checkpoint that ended before `before`, and that nobody else holds. */
  abstract takeResumable(before: number, limit: number): Promise<string[]>;
}

const ENDED: readonly ImportStatus[] = ['succeeded', 'failed', 'cancelled'];

export function hasEnded({ status }: Pick<DatasetImport, 'status'>): boolean {
  return ENDED.includes(status);
}
