import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import type { ResolvedTarget } from './deployment.repository';
import { DeploymentRepository } from './deployment.repository';
import { RevisionRepository } from './revision.repository';

/** The one way in which a deployment changes what it serves: a new revision, written down and announced. */
@Injectable()
export class ReviseDeployment {
  constructor(
    private readonly deployments: DeploymentRepository,
    private readonly revisions: RevisionRepository,
    private readonly changes: RecordChange,
  ) {}

  /** Makes a deployment with its first revision. @throws AppError ALREADY_EXISTS */
  async begin(name: string, resolved: ResolvedTarget, reason: string, caller: Caller): Promise<void> {
    const revision = await this.deployments.create(name, resolved);
    await this.writeDown('deployment.created', name, revision, resolved, reason, caller);
  }

  /** Moves a deployment, which the transaction holds, on to its next revision. */
  async advance(name: string, resolved: ResolvedTarget, reason: string, caller: Caller): Promise<void> {
    const revision = await this.deployments.advance(name, resolved);
    await this.writeDown('deployment.changed', name, revision, resolved, reason, caller);
  }

  private async writeDown(
    action: string,
    name: string,
    revision: number,
    { target, desired }: ResolvedTarget,
    reason: string,
    caller: Caller,
  ): Promise<void> {
    await this.revisions.add(name, { revision, target, desired, reason, author: caller.name });
    await this.changes.execute({
      action,
      announce: 'deployment.changed',
      subject: `deployments/${name}`,
      caller,
      details: { revision, target, desired, reason },
    });
  }
}
