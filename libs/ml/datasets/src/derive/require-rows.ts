import { UnreadableData } from '@modelyard/contracts';
import type { StoredVersion } from '../read/stored-version';

/** @throws UnreadableData when one of the rows is not in the version */
export function requireRows(
  { manifest: { rows: count } }: StoredVersion,
  rows: number[],
  what: string,
): void {
  const wrong = rows.find((row) => !Number.isSafeInteger(row) || row < 0 || row >= count);
  if (wrong === undefined) return;
  throw new UnreadableData(`${what}: there is no row ${wrong}; rows go from 0 to ${count - 1}.`);
}
