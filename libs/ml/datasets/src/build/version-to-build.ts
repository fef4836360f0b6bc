import type {
  ContractReport,
  DatasetColumn,
  DatasetManifest,
  DatasetOrigin,
  DatasetPart,
  DatasetWarning,
  ImageStatistics,
  SplitRequest,
  SucceedImport,
} from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { StoredVersion } from '../read/stored-version';
import type { ContentStore } from '../store/content-store';

/** What a build needs to know of a staged table: what `stageTable` of ml-tables gives. */
export interface TableToBuild {
  /** All columns, the target too; the table `staged` calls column i `c<i>`. */
  columns: DatasetColumn[];
  target: string;
}

/** What a build needs to know of staged images: what `stageImages` of ml-images gives. */
export interface ImagesToBuild {
  /** [height, width, channels] */
  shape: number[];
  target: string;
  /** Of the stored values; 255 unless it is said. */
  maximum?: number;
  /** They lie in the store already. */
  parts: DatasetPart[];
  images?: ImageStatistics;
}

export interface BuildOptions {
  /** Gets tables of the build's own (`version_…`). It must be allowed to read the store's files. */
  engine: TableEngine;
  /** A scratch folder that the engine may read and write. */
  folder: string;
  store: ContentStore;
  split?: SplitRequest;
  origin?: Partial<DatasetOrigin>;
  /** A Parquet file of rows that were kept aside. */
  quarantine?: { path: string; rows: number };
  contractReport?: ContractReport;
  original?: NonNullable<DatasetManifest['original']>;
  warnings?: DatasetWarning[];
  signal?: AbortSignal;
  onProgress?(progress: { done: number; total?: number; unit: 'rows' | 'bytes' }): void;
}

/** Samples in the engine's table `staged`, which become a version. */
export type VersionToBuild = BuildOptions & {
  /** The version that the samples are added to, attached to the same engine. */
  parent?: StoredVersion;
} & ({ kind: 'table'; staged: TableToBuild } | { kind: 'image'; staged: ImagesToBuild });

/** What the registry is told, and the manifest that it is about. */
export interface BuiltVersion extends SucceedImport {
  manifest: DatasetManifest;
}
