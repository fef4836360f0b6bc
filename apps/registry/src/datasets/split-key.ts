import type { DatasetSplit } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';

/** Equal for equal divisions: the same samples, divided by the same key, lie in the same splits. */
export function splitKey({ method, seed, fractions, column }: DatasetSplit): string {
  return JSON.stringify([method, seed, ...SPLIT_NAMES.map((name) => fractions[name]), column ?? null]);
}
