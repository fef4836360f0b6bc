import type { Caller } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { DeploymentRepository } from '../deployments/deployment.repository';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import { ModelRepository } from './model.repository';

@Injectable()
export class DeleteModel {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly deployments: DeploymentRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Deletes a model with all its versions. Their artifacts stay with the runs that made them.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, or CONFLICT while a deployment serves the model
   */
  execute(name: string, precondition: Precondition, caller: Caller): Promise<void> {
    return this.work.transaction(async () => {
      const model = await this.models.hold(name);
      requireMatch(precondition, model.revision);
      const users = await this.deployments.namesServing(model.id);
      if (users.length > 0) {
        throw new AppError(
          'CONFLICT',
          `Model '${name}' is served by ${users.map((user) => `deployment '${user}'`).join(', ')}. Delete or change that first.`,
        );
      }
      await this.models.delete(model);
      await this.changes.execute({ action: 'model.deleted', subject: `models/${name}`, caller });
    });
  }
}
