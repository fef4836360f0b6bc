export { readArchive } from './read-archive';
export type { ReadArchiveOptions } from './read-archive';
export type { ArchiveEntry } from './archive-entry';
export { ARCHIVE_LIMITS } from './archive-limits';
export type { ArchiveLimits } from './archive-limits';
export { sniffContent, sniffFile } from './sniffing/sniff-file';
export { SNIFFED_BYTES, sniffBytes } from './sniffing/sniff-bytes';
export type { FileKind } from './sniffing/sniff-bytes';
