import type { Caller, DatasetVersion } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { LineageRepository } from '../dataset-lineage/lineage.repository';
import { DatasetRepository } from '../datasets/dataset.repository';
import { DeletionRepository } from './deletion.repository';
import { RecordDeletion } from './record-deletion';
import type { Dependents } from './refuse-deletion';
import { nameDependents, refuseWhileServed, refuseWhileUsed } from './refuse-deletion';

export interface Deletion {
  name: string;
  version: number;
  reason: string;
  /** Also what models in use were trained on. */
  force: boolean;
}

const IN_USE = ['Staging', 'Production'];

@Injectable()
export class DeleteDatasetVersion {
  constructor(
    private readonly work: UnitOfWork,
    private readonly datasets: DatasetRepository,
    private readonly deletions: DeletionRepository,
    private readonly lineage: LineageRepository,
    private readonly record: RecordDeletion,
  ) {}

  /**
   * Deletes a version's content; its record stays, with who deleted it, when and why. Again, it changes nothing.
   * @throws AppError NOT_FOUND; CONFLICT while something reads it, or while models in use were trained on it
   */
  execute({ name, version, reason, force }: Deletion, caller: Caller): Promise<DatasetVersion> {
    return this.work.transaction(async () => {
      await this.deletions.hold(name, version);
      const before = await this.datasets.requireVersion(name, version);
      if (before.deleted !== undefined) return before;
      refuseWhileUsed(await this.deletions.openUses(name, version));
      const dependents = await this.dependents(name, version);
      refuseWhileServed(dependents, force);
      await this.record.execute(before, { reason, trainedOnIt: nameDependents(dependents) }, caller);
      return this.datasets.requireVersion(name, version);
    });
  }

  private async dependents(name: string, version: number): Promise<Dependents> {
    const trained = await this.lineage.modelVersions(name, version);
    return {
      staged: trained.filter(({ stage }) => IN_USE.includes(stage)),
      deployments: await this.lineage.deployments(name, version),
    };
  }
}
