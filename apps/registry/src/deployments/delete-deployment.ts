import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import { DeploymentRepository } from './deployment.repository';

@Injectable()
export class DeleteDeployment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deployments: DeploymentRepository,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError NOT_FOUND, or PRECONDITION_FAILED when the deployment has changed since the caller read it */
  execute(name: string, precondition: Precondition, caller: Caller): Promise<void> {
    return this.work.transaction(async () => {
      const deployment = await this.deployments.hold(name);
      requireMatch(precondition, deployment.revision);
      await this.deployments.delete(name);
      await this.changes.execute({
        action: 'deployment.deleted',
        announce: 'deployment.changed',
        subject: `deployments/${name}`,
        caller,
        details: { revision: deployment.revision, desired: deployment.desired },
      });
    });
  }
}
