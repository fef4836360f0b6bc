import type { SplitName } from '@modelyard/contracts';

/** What is known of an image besides its pixels. */
export interface StagedSample {
  label: string;
  split: SplitName | null;
  name: string;
  /** As the file has it. */
  width: number;
  height: number;
  channels: number;
  format: string;
}

/** A row of `staged`, without its number and place, which follow from the order. */
export interface StagedRow extends StagedSample {
  /** 16 bytes. */
  digest: Buffer;
}

/** A row of `rejects`: an image that cannot be read. */
export interface RejectedImage {
  name: string;
  reason: string;
}
