import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { VersionRepository } from '../model-versions/version.repository';
import { ModelRepository } from '../models/model.repository';
import { AliasMoved } from './alias-moved';
import { AliasRepository } from './alias.repository';

export interface AliasRef {
  model: string;
  alias: string;
}

@Injectable()
export class SetAlias {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly versions: VersionRepository,
    private readonly aliases: AliasRepository,
    private readonly moved: AliasMoved,
  ) {}

  /**
   * Points an alias at a version, and gives the deployments that follow the alias a new revision.
   * @throws AppError NOT_FOUND when the model or the version does not exist
   */
  execute(ref: AliasRef, to: number, caller: Caller): Promise<void> {
    return this.work.transaction(async () => {
      const model = await this.models.hold(ref.model);
      await this.versions.require(ref.model, to);
      const from = await this.aliases.move(model, ref.alias, to);
      if (from === to) return; // repeating a request changes nothing, so it announces nothing
      await this.moved.execute(model, ref.alias, { from, to }, caller);
    });
  }
}
