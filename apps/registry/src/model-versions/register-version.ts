import type { Caller, ModelVersion, Stage } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { ModelRepository } from '../models/model.repository';
import { TransitionStage } from '../stages/transition-stage';
import type { NewModelVersion } from './version.repository';
import { VersionRepository } from './version.repository';

export interface Registration extends Omit<NewModelVersion, 'createdBy'> {
  model: string;
  stage: Stage;
}

@Injectable()
export class RegisterVersion {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly versions: VersionRepository,
    private readonly transition: TransitionStage,
    private readonly changes: RecordChange,
  ) {}

  /** Registers a version, makes its model if that is new, and moves it to its stage, all in one transaction. */
  execute({ model: name, stage, ...content }: Registration, caller: Caller): Promise<ModelVersion> {
    return this.work.transaction(async () => {
      const { model, created } = await this.models.holdOrCreate(name);
      if (created) await this.changes.execute({ action: 'model.created', subject: `models/${name}`, caller });
      const version = await this.versions.add(model, { ...content, createdBy: caller.name });
      await this.changes.execute({
        action: 'model.version-created',
        announce: 'model.version-created',
        subject: `models/${name}/versions/${version}`,
        caller,
        details: content.runId === undefined ? {} : { runId: content.runId },
      });
      const reason = content.runId === undefined ? 'registered' : `registered by run ${content.runId}`;
      return this.transition.enter(model, version, stage, reason, caller);
    });
  }
}
