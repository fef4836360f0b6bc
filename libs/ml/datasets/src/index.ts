export { buildBuiltIn } from './built-in/build-built-in';
export { buildVersion } from './build/build-version';
export { blobsOf } from './build/store-version';
export type {
  BuildOptions,
  BuiltVersion,
  ImagesToBuild,
  TableToBuild,
  VersionToBuild,
} from './build/version-to-build';
export { sortedClasses } from './classes';
export { deriveVersion } from './derive/derive-version';
export type { VersionToDerive } from './derive/derive-version';
export { DatasetError } from './dataset-error';
export { zipEntries } from './export/zip-entries';
export type { ZipEntry } from './export/zip-entries';
export { loadSamples } from './read/load-samples';
export type { LoadedSamples } from './read/load-samples';
export { queryableColumns } from './read/queryable-columns';
export { readPart } from './read/read-part';
export { openVersion, StoredVersion } from './read/stored-version';
export { DEFAULT_SPLIT } from './split/default-split';
export type { SplitOptions } from './split/default-split';
export type { ContentStore } from './store/content-store';
export { FolderContentStore } from './store/folder-content-store';
export { compareVersions } from './comparison/compare-versions';
export type { VersionComparison } from './comparison/compare-versions';
