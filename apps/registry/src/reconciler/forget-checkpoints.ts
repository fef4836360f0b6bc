import { Injectable } from '@nestjs/common';
import { BlobReferences } from '../blob-references/blob-references';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetImportRepository } from '../dataset-imports/dataset-import.repository';
import { RegistryConfig } from '../registry.config';
import { Clock } from '../sources/clock';

const HOUR_MS = 3600_000;
const BATCH = 50;

@Injectable()
export class ForgetCheckpoints {
  constructor(
    private readonly work: UnitOfWork,
    private readonly imports: DatasetImportRepository,
    private readonly references: BlobReferences,
    private readonly clock: Clock,
    private readonly config: RegistryConfig,
  ) {}

  /**
   * Forgets how far imports had come that failed or were cancelled long ago, and releases the content that they kept
   * for another attempt: as long as uploads stay, no longer.
   * @returns how many imports it was
   */
  async execute(keptMs = this.config.uploadExpiryHours * HOUR_MS): Promise<number> {
    const before = this.clock.now() - keptMs;
    let forgotten = 0;
    for (let taken = BATCH; taken === BATCH; forgotten += taken)
      taken = await this.work.transaction(() => this.forget(before));
    return forgotten;
  }

  private async forget(before: number): Promise<number> {
    const ids = await this.imports.takeResumable(before, BATCH);
    for (const id of ids) {
      await this.references.release(await this.imports.needBlobs(id, []));
      await this.imports.change(id, { checkpoint: null });
    }
    return ids.length;
  }
}
