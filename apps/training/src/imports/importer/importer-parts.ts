import type { ImportCheckpoint, ImportPhase, ImportProgress } from '@modelyard/contracts';
import type { BlobStore } from '@modelyard/platform-blobs';
import type { FromImporter } from '../importer-protocol';

/** What an importer has to do with the world outside of it. */
export interface ImporterParts {
  blobs: BlobStore;
  /** Tells the worker something. */
  say: (message: FromImporter) => void;
  /** Aborted when the import is wanted back. */
  signal: AbortSignal;
  now: () => Date;
}

/** Tells how far a phase is. */
export type TellProgress = (phase: ImportPhase, progress: Omit<ImportProgress, 'phase'>) => void;

export interface KeepCheckpoint {
  (checkpoint: ImportCheckpoint): void;
}
