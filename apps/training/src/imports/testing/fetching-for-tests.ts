import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportProgress } from '@modelyard/contracts';
import { LocalBlobStore } from '@modelyard/platform-blobs';
import type { Fetching } from '../sources/fetching';

/** What fetching needs, in a folder of its own. */
export class FetchingForTests implements Fetching {
  readonly root = mkdtempSync(join(tmpdir(), 'fetching-'));
  readonly blobs = new LocalBlobStore(join(this.root, 'blobs'));
  readonly folder = join(this.root, 'files');
  readonly egress: Fetching['egress'] = { allowedHosts: [] };
  readonly abort = new AbortController();
  readonly signal = this.abort.signal;
  readonly downloads: Fetching['downloads'] = new Map();
  readonly progress: Omit<ImportProgress, 'phase'>[] = [];
  maxBytes = 10 ** 9;
  readonly pauseMs = 1;
  /** How often another checkpoint was told. */
  changes = 0;

  constructor() {
    mkdirSync(this.folder);
  }

  // Properties: what fetches passes on copies of this.
  onProgress = (progress: Omit<ImportProgress, 'phase'>): void => void this.progress.push(progress);
  onDownloads = (): void => void this.changes++;

  close(): void {
    rmSync(this.root, { recursive: true });
  }
}

export const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
export const randomContent = (size: number): Buffer => randomBytes(size);
