import type { Caller, ModelVersion, Stage } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { FollowTargets } from '../deployments/follow-targets';
import { VersionRepository } from '../model-versions/version.repository';
import type { HeldModel } from '../models/model.repository';
import { ModelRepository } from '../models/model.repository';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';

export interface Transition {
  model: string;
  version: number;
  stage: Stage;
  /** By default only one version at a time is in Staging, and one in Production. */
  archiveExisting?: boolean;
  reason?: string;
}

/** Stages that hold one version unless asked otherwise. */
export const EXCLUSIVE_STAGES: readonly Stage[] = ['Staging', 'Production'];

@Injectable()
export class TransitionStage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly versions: VersionRepository,
    private readonly changes: RecordChange,
    private readonly follow: FollowTargets,
  ) {}

  /**
   * Moves a version to a stage, archives those that it takes the place of, and gives the deployments that follow the
   * stage a new revision. Transitions of one model happen one after the other.
   * @throws AppError NOT_FOUND, or PRECONDITION_FAILED when the version has changed since the caller read it
   */
  execute(transition: Transition, precondition: Precondition, caller: Caller): Promise<Tagged<ModelVersion>> {
    return this.work.transaction(async () => {
      const model = await this.models.hold(transition.model);
      const before = await this.versions.require(model.name, transition.version);
      requireMatch(precondition, before.revision);
      await this.move(model, before.value, transition, caller);
      return this.versions.require(model.name, transition.version);
    });
  }

  /** The first stage of a version that was made in this transaction. */
  async enter(
    model: HeldModel,
    version: number,
    stage: Stage,
    reason: string,
    caller: Caller,
  ): Promise<ModelVersion> {
    const { value } = await this.versions.require(model.name, version);
    if (stage === value.stage) {
      await this.follow.execute(model, reason, caller);
      return value;
    }
    await this.move(model, value, { model: model.name, version, stage, reason }, caller);
    return (await this.versions.require(model.name, version)).value;
  }

  private async move(model: HeldModel, from: ModelVersion, to: Transition, caller: Caller): Promise<void> {
    const archives = to.archiveExisting ?? EXCLUSIVE_STAGES.includes(to.stage);
    const archived =
      archives && to.stage !== 'Archived'
        ? await this.versions.archiveOthers(model, to.stage, to.version)
        : [];
    if (from.stage === to.stage && archived.length === 0) return;
    if (from.stage !== to.stage) await this.versions.setStage(model, to.version, to.stage);
    await this.changes.execute({
      action: 'model.stage-changed',
      announce: 'model.stage-changed',
      subject: `models/${model.name}/versions/${to.version}`,
      caller,
      details: {
        from: from.stage,
        to: to.stage,
        archived,
        ...(to.reason === undefined ? {} : { reason: to.reason }),
      },
    });
    await this.follow.execute(model, to.reason ?? `version ${to.version} moved to ${to.stage}`, caller);
  }
}
