import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import type { HeldModel } from '../models/model.repository';
import { DeploymentRepository } from './deployment.repository';
import { ReviseDeployment } from './revise-deployment';

@Injectable()
export class FollowTargets {
  constructor(
    private readonly deployments: DeploymentRepository,
    private readonly revise: ReviseDeployment,
  ) {}

  /**
   * Gives each deployment that follows a stage or an alias of the held model a new revision when that now means another
   * version. Where the stage or the alias became empty, the deployment goes on serving what it serves.
   */
  async execute(model: HeldModel, reason: string, caller: Caller): Promise<void> {
    for (const deployment of await this.deployments.holdServing(model.id)) {
      if ('version' in deployment.target) continue;
      const resolved = await this.deployments.resolveIfAny(deployment.target);
      if (resolved === undefined || resolved.desired.version === deployment.desired.version) continue;
      await this.revise.advance(deployment.name, resolved, reason, caller);
    }
  }
}
