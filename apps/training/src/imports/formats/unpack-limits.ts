import { stat } from 'node:fs/promises';
import { ARCHIVE_LIMITS } from '@modelyard/ml-archives';
import type { ArchiveLimits } from '@modelyard/ml-archives';
import type { SourceFile } from '@modelyard/ml-tables';

/** What an archive of an import that may have so many bytes may unpack to. */
export function unpackLimits(maximumBytes: number | undefined): Partial<ArchiveLimits> {
  return maximumBytes === undefined ? {} : { bytes: maximumBytes };
}

/** What each of these compressed tables may unfold to: no more than an import may have, and no bomb. */
export async function unfoldLimit(files: readonly SourceFile[], maximumBytes: number): Promise<number> {
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  const { ratio, ratioFreeBytes } = ARCHIVE_LIMITS;
  const credible = Math.max(ratioFreeBytes, ratio * Math.max(0, ...sizes));
  return Math.min(maximumBytes, credible);
}
