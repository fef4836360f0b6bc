import { isDeepStrictEqual } from 'node:util';
import type { Caller, Deployment, DeploymentTarget } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { ModelRepository } from '../models/model.repository';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { DeploymentRepository } from './deployment.repository';
import { MakeDefault } from './make-default';
import { ReviseDeployment } from './revise-deployment';

export interface DeploymentChange {
  target?: DeploymentTarget;
  isDefault?: true;
  reason?: string;
}

@Injectable()
export class ChangeDeployment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly deployments: DeploymentRepository,
    private readonly revise: ReviseDeployment,
    private readonly makeDefault: MakeDefault,
  ) {}

  /** @throws AppError NOT_FOUND, or PRECONDITION_FAILED when the deployment has changed since the caller read it */
  execute(
    name: string,
    { target, isDefault, reason = 'changed' }: DeploymentChange,
    precondition: Precondition,
    caller: Caller,
  ): Promise<Tagged<Deployment>> {
    return this.work.transaction(async () => {
      if (target !== undefined) {
        await this.deployments.resolve(target); // names what is missing before anything is locked
        await this.models.hold(target.model); // locks go from the model to its deployments, everywhere
      }
      const deployment = await this.deployments.hold(name);
      requireMatch(precondition, deployment.revision);
      if (target !== undefined) {
        const resolved = await this.deployments.resolve(target);
        const same = isDeepStrictEqual(
          [resolved.target, resolved.desired],
          [deployment.target, deployment.desired],
        );
        if (!same) await this.revise.advance(name, resolved, reason, caller);
      }
      if (isDefault === true && !deployment.isDefault) await this.makeDefault.execute(name, caller);
      return this.deployments.require(name);
    });
  }
}
