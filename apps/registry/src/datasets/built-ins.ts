import { tmpdir } from 'node:os';
import type { BuiltInDataset, SucceedImport } from '@modelyard/contracts';
import { buildBuiltIn } from '@modelyard/ml-datasets';
import { BlobStore, toStoredContent } from '@modelyard/platform-blobs';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { ClaimContent } from '../blob-references/claim-content';

/** The datasets that come with Modelyard, as versions in the store. */
@Injectable()
export class BuiltIns {
  private readonly built = new Map<BuiltInDataset, Promise<SucceedImport>>();

  constructor(
    private readonly blobs: BlobStore,
    private readonly claim: ClaimContent,
  ) {}

  /** Its content is in the store, and claimed. It is built once per process, unless the store has lost it meanwhile. */
  async version(name: BuiltInDataset): Promise<SucceedImport> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      const version = await this.build(name);
      const missing = await this.claim.execute(version.blobs);
      if (missing.length === 0) return version;
      this.built.delete(name);
    }
    throw new AppError(
      'DEPENDENCY_UNAVAILABLE',
      `The artifact store does not keep what '${name}' consists of.`,
    );
  }

  private build(name: BuiltInDataset): Promise<SucceedImport> {
    const known = this.built.get(name);
    if (known !== undefined) return known;
    const building = buildBuiltIn(name, toStoredContent(this.blobs), tmpdir()).then(({ version, blobs }) => ({
      version,
      blobs,
    }));
    building.catch(() => this.built.delete(name));
    this.built.set(name, building);
    return building;
  }
}
