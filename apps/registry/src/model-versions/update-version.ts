import type { Caller, ModelVersion } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { ModelRepository } from '../models/model.repository';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import type { VersionChange } from './version.repository';
import { VersionRepository } from './version.repository';

@Injectable()
export class UpdateVersion {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly versions: VersionRepository,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError NOT_FOUND, or PRECONDITION_FAILED when the version has changed since the caller read it */
  execute(
    ref: { model: string; version: number },
    change: VersionChange,
    precondition: Precondition,
    caller: Caller,
  ): Promise<Tagged<ModelVersion>> {
    return this.work.transaction(async () => {
      const model = await this.models.hold(ref.model);
      requireMatch(precondition, (await this.versions.require(ref.model, ref.version)).revision);
      await this.versions.change(model, ref.version, change);
      await this.changes.execute({
        action: 'model.version-updated',
        subject: `models/${ref.model}/versions/${ref.version}`,
        caller,
        details: { ...change },
      });
      return this.versions.require(ref.model, ref.version);
    });
  }
}
