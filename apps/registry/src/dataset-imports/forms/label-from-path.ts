import type { SplitName } from '@modelyard/contracts';

const SPLITS: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  validation: 'validation',
  valid: 'validation',
  val: 'validation',
  test: 'test',
  testing: 'test',
};
/** Files that hold many samples: their folder is no class. */
const MANY = /\.(csv|tsv|jsonl|ndjson|json|parquet|zip|tar|tgz|gz|bin|idx\d?(-ubyte)?)$/i;

/** What the folders of a file's name say of it: `cat/1.jpg`, `train/cat/1.jpg`. */
export function labelFromPath(name: string): { label?: string; split?: SplitName } {
  const folders = name
    .split('/')
    .slice(0, -1)
    .filter((folder) => folder !== '' && folder !== '.');
  const label = folders.at(-1);
  if (label === undefined || MANY.test(name)) return {};
  const split = SPLITS[(folders.at(-2) ?? '').toLowerCase()];
  return { label, ...(split === undefined ? {} : { split }) };
}
