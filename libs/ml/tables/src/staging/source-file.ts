import type { SplitName } from '@modelyard/contracts';

/** A file that samples come from. */
export interface SourceFile {
  /** Where it lies: a local scratch file. */
  path: string;
  /** What the user called it: errors name it so. */
  name: string;
  /** The class of all its samples, where the file does not say it. */
  label?: string;
  /** The split of all its samples. */
  split?: SplitName;
}
