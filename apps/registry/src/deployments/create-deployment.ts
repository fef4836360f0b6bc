import type { Caller, Deployment, DeploymentTarget } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { ModelRepository } from '../models/model.repository';
import type { Tagged } from '../preconditions/tagged';
import { DeploymentRepository } from './deployment.repository';
import { ReviseDeployment } from './revise-deployment';

export interface NewDeployment {
  name: string;
  target: DeploymentTarget;
  /** Absent: only if there is no default yet. */
  isDefault?: boolean;
  reason?: string;
}

@Injectable()
export class CreateDeployment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly deployments: DeploymentRepository,
    private readonly revise: ReviseDeployment,
  ) {}

  /** @throws AppError ALREADY_EXISTS, or NOT_FOUND when the target does not exist */
  execute(
    { name, target, isDefault, reason = 'created' }: NewDeployment,
    caller: Caller,
  ): Promise<Tagged<Deployment>> {
    return this.work.transaction(async () => {
      await this.deployments.resolve(target); // names what is missing before anything is locked
      await this.models.hold(target.model); // locks go from the model to its deployments, everywhere
      await this.revise.begin(name, await this.deployments.resolve(target), reason, caller);
      if (isDefault !== false)
        await this.deployments.makeDefault(name, isDefault === true ? 'always' : 'ifNone');
      return this.deployments.require(name);
    });
  }
}
