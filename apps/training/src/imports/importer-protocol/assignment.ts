import type { StartImportResponse } from '@modelyard/contracts';

/** All that an importer process needs to know: it asks nobody but the blob store, and who holds the files. */
export interface ImporterAssignment {
  start: StartImportResponse;
  artifactStoreUrl: string;
  /** A folder of its own, empty. The worker removes it when the process has ended, however it ended. */
  folder: string;
  limits: ImportLimits;
  egress: EgressSettings;
}

export interface ImportLimits {
  /** Bytes of all files of a source. */
  maxBytes: number;
  /** What DuckDB's buffers may take, and V8's heap; the process takes some 300 MiB more. */
  memoryMiB: number;
  threads: number;
  /** What the whole process may hold in memory. The worker ends one that holds more. */
  residentMiB: number;
}

export interface EgressSettings {
  /** `host:port` that may be reached although their addresses are not public. */
  allowedHosts: string[];
  /** A folder or URL with `<dataset>/<publisher's file name>`. */
  mirror?: string;
}
