import type { DataContract } from '../resources/data-contract';
import type { BlobReference, DatasetVersion } from '../resources/dataset';
import type { DatasetImport, ImportError, ImportProgress } from '../resources/dataset-import';
import type { StoredFile } from '../resources/dataset-manifest';

/**
 * What an import worker says to the registry, under `/internal/dataset-imports/{id}`. Every call may be repeated: the
 * second time changes nothing.
 *
 * POST start     { attemptId } → StartImportResponse  (the same attemptId again counts no further attempt)
 * POST progress  ImportProgressReport    → ImportProgressResponse
 * POST succeed   SucceedImport           → DatasetImport (adds the version in the same transaction)
 * POST fail      { error, retriable }    → DatasetImport (retriable: back to queued, for another attempt)
 * POST cancelled {}                      → DatasetImport
 */
export interface StartImportResponse {
  /** `skip`: it has ended already, or was cancelled before it began. */
  decision: 'run' | 'skip';
  import: DatasetImport;
  /** The uploads, in the order of the import's source; empty for other sources. */
  files: StoredFile[];
  /** Of an append or a derivation. */
  parent?: DatasetVersion;
  /** The newest version there is, which a contract's distances are taken from. */
  previous?: DatasetVersion;
  contract?: { revision: number; contract: DataContract };
  /** What the last attempt left. */
  checkpoint?: ImportCheckpoint;
}

/** How far an import has come. The registry keeps it and does not read it. */
export type ImportCheckpoint = Record<string, unknown>;

export interface ImportProgressReport {
  progress?: ImportProgress;
  checkpoint?: ImportCheckpoint;
  /** What people should read while it runs. */
  log?: string;
}

export interface ImportProgressResponse {
  cancelRequested: boolean;
}

export interface SucceedImport {
  version: Omit<
    DatasetVersion,
    'dataset' | 'version' | 'createdAt' | 'createdBy' | 'importId' | 'deleted' | 'parent'
  >;
  /** Every blob that the version needs, the manifest too: none of them is deleted while the version lives. */
  blobs: BlobReference[];
}

export interface FailImport {
  error: ImportError;
  retriable: boolean;
}
