import type { SplitName } from '@modelyard/contracts';

export interface SplitOptions {
  seed: number;
  /** From 0 to 1 each, adding up to 1. */
  fractions: Record<SplitName, number>;
}

/** What is done where nothing else is asked for. */
export const DEFAULT_SPLIT: SplitOptions = {
  seed: 42,
  fractions: { train: 0.7, validation: 0.1, test: 0.2 },
};
