import type { BlobReference } from '@modelyard/contracts';
import { BlobStore } from '@modelyard/platform-blobs';
import { Injectable } from '@nestjs/common';
import { BlobReferences } from './blob-references';

/** Questions to the store at a time. */
const AT_A_TIME = 16;

@Injectable()
export class ClaimContent {
  constructor(
    private readonly references: BlobReferences,
    private readonly blobs: BlobStore,
  ) {}

  /**
   * Claims content that the caller is about to need.
   * @returns what of it is not in the store (any more), as it was claimed
   */
  async execute(content: readonly BlobReference[]): Promise<BlobReference[]> {
    await this.references.claim(content.map(({ sha256 }) => sha256));
    const missing: BlobReference[] = [];
    for (let start = 0; start < content.length; start += AT_A_TIME) {
      const asked = content.slice(start, start + AT_A_TIME);
      const found = await Promise.all(asked.map(({ sha256 }) => this.blobs.stat(sha256)));
      missing.push(...asked.filter(({ size }, index) => found[index]?.size !== size));
    }
    return missing;
  }

  /** Gives content back that the caller has no need of after all. */
  release(content: readonly BlobReference[]): Promise<void> {
    return this.references.release(content.map(({ sha256 }) => sha256));
  }
}
