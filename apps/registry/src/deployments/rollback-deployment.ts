import type { Caller, Deployment, DeploymentRevision } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { ModelRepository } from '../models/model.repository';
import { notFound } from '../naming/not-found';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import type { HeldDeployment } from './deployment.repository';
import { DeploymentRepository } from './deployment.repository';
import { RevisionRepository } from './revision.repository';
import { ReviseDeployment } from './revise-deployment';

export interface Rollback {
  /** Absent: the newest revision that served another version. */
  toRevision?: number;
  reason?: string;
}

@Injectable()
export class RollbackDeployment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly deployments: DeploymentRepository,
    private readonly revisions: RevisionRepository,
    private readonly revise: ReviseDeployment,
  ) {}

  /**
   * Serves the version of an earlier revision again, as a new revision. The target becomes that version itself: a
   * deployment that went on following its stage would be back at the version that was just left.
   * @throws AppError NOT_FOUND, PRECONDITION_FAILED, or CONFLICT when there is nothing to go back to
   */
  execute(
    name: string,
    { toRevision, reason }: Rollback,
    precondition: Precondition,
    caller: Caller,
  ): Promise<Tagged<Deployment>> {
    return this.work.transaction(async () => {
      const wanted = (await this.deployments.require(name)).value;
      const revision = await this.choose(wanted, toRevision);
      const resolved = await this.resolve(revision);
      await this.models.hold(resolved.desired.model); // locks go from the model to its deployments, everywhere
      const deployment = await this.deployments.hold(name);
      requireMatch(precondition, deployment.revision);
      if (deployment.revision !== wanted.revision) throw changedMeanwhile(name);
      const why = `rollback to revision ${revision.revision}${reason === undefined ? '' : `: ${reason}`}`;
      await this.revise.advance(name, await this.resolve(revision), why, caller);
      return this.deployments.require(name);
    });
  }

  private async choose(
    deployment: HeldDeployment,
    toRevision: number | undefined,
  ): Promise<DeploymentRevision> {
    if (toRevision === undefined) {
      const previous = await this.revisions.findPrevious(deployment);
      if (previous !== undefined) return previous;
      throw new AppError(
        'CONFLICT',
        `Deployment '${deployment.name}' has served one version only; there is nothing to go back to.`,
      );
    }
    const found = await this.revisions.find(deployment.name, toRevision);
    if (found === undefined)
      throw notFound(`revision ${toRevision} of deployment '${deployment.name}'`, 'toRevision');
    return found;
  }

  private async resolve({ revision, desired }: DeploymentRevision) {
    const resolved = await this.deployments.resolveIfAny(desired);
    if (resolved !== undefined) return resolved;
    throw new AppError(
      'CONFLICT',
      `Revision ${revision} served version ${desired.version} of model '${desired.model}', which is deleted.`,
    );
  }
}

function changedMeanwhile(name: string): AppError {
  return new AppError(
    'CONFLICT',
    `Deployment '${name}' was changed at the same time. Look at it and try again.`,
  );
}
