import type { BlobReference, ImportProgress, StoredFile } from '@modelyard/contracts';
import type { SourceFile } from '@modelyard/ml-tables';
import type { BlobStore } from '@modelyard/platform-blobs';
import type { EgressSettings } from '../importer-protocol';

/** A file of the import: where it lies for reading, and how it is stored. */
export interface FetchedFile extends SourceFile {
  stored: StoredFile;
}

/** How far a download came; part of the checkpoint. */
export interface DownloadState {
  url: string;
  /** The server's own name of the content that the pieces are of. */
  validator?: string;
  pieces: BlobReference[];
}

/** What fetching needs. */
export interface Fetching {
  blobs: BlobStore;
  /** Files are made in here. */
  folder: string;
  egress: EgressSettings;
  maxBytes: number;
  /** Before a broken download goes on, for the first time; then twice as long. Default 250. */
  pauseMs?: number;
  signal: AbortSignal;
  onProgress(progress: Omit<ImportProgress, 'phase'>): void;
  /** Downloads of earlier attempts, by URL; kept up to date. */
  downloads: Map<string, DownloadState>;
  /** `downloads` has changed. */
  onDownloads(): void;
}
