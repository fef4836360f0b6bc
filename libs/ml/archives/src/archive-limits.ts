/** How much an archive may unpack to. What goes beyond is taken for a bomb. */
export interface ArchiveLimits {
  /** Files, and also folders and files that are passed over. */
  entries: number;
  /** Unpacked bytes of all files. */
  bytes: number;
  /** Unpacked bytes of one file. */
  entryBytes: number;
  /** Unpacked bytes for each packed one. It is asked only beyond `ratioFreeBytes`, as small files may pack very well. */
  ratio: number;
  ratioFreeBytes: number;
}

const MIB = 1024 ** 2;

export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 2_000_000,
  bytes: 256 * 1024 * MIB,
  entryBytes: 64 * 1024 * MIB,
  ratio: 200,
  ratioFreeBytes: 256 * MIB,
};
