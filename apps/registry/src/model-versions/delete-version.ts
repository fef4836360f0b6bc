import type { Caller } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { DeploymentRepository } from '../deployments/deployment.repository';
import { ModelRepository } from '../models/model.repository';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import { VersionRepository } from './version.repository';

@Injectable()
export class DeleteVersion {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly versions: VersionRepository,
    private readonly deployments: DeploymentRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Deletes a version and the aliases that point at it. Its number is never given again.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, or CONFLICT while a deployment serves it
   */
  execute(
    ref: { model: string; version: number },
    precondition: Precondition,
    caller: Caller,
  ): Promise<void> {
    return this.work.transaction(async () => {
      const model = await this.models.hold(ref.model);
      requireMatch(precondition, (await this.versions.require(ref.model, ref.version)).revision);
      const [user] = await this.deployments.namesServing(model.id, ref.version);
      if (user !== undefined) {
        throw new AppError(
          'CONFLICT',
          `Version ${ref.version} of model '${ref.model}' is served by deployment '${user}'. Change that first.`,
        );
      }
      await this.versions.delete(model, ref.version);
      await this.changes.execute({
        action: 'model.version-deleted',
        subject: `models/${ref.model}/versions/${ref.version}`,
        caller,
      });
    });
  }
}
