import type { StartImportResponse } from '@modelyard/contracts';
import type { ContentStore, StoredVersion } from '@modelyard/ml-datasets';
import type { TableEngine } from '@modelyard/ml-tables';
import type { ImportState } from './import-state';
import type { TellProgress } from './importer-parts';

/** What the steps of an import share. */
export interface ImportWork {
  start: StartImportResponse;
  engine: TableEngine;
  /** A scratch folder that the engine may read and write. */
  folder: string;
  store: ContentStore;
  state: ImportState;
  /** That the files of the import may have, packed and unpacked. */
  maxBytes: number;
  /** The version that is added to or changed, attached to the engine. */
  parent?: StoredVersion;
  signal: AbortSignal;
  now: () => Date;
  tell: TellProgress;
}
