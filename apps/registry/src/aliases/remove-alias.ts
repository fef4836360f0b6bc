import type { Caller } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';
import { ModelRepository } from '../models/model.repository';
import { notFound } from '../naming/not-found';
import { AliasMoved } from './alias-moved';
import { AliasRepository } from './alias.repository';
import type { AliasRef } from './set-alias';

@Injectable()
export class RemoveAlias {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly aliases: AliasRepository,
    private readonly moved: AliasMoved,
  ) {}

  /**
   * Takes an alias away. Deployments that follow it go on serving the version that it pointed at.
   * @throws AppError NOT_FOUND when the model or the alias does not exist
   */
  execute(ref: AliasRef, caller: Caller): Promise<void> {
    return this.work.transaction(async () => {
      const model = await this.models.hold(ref.model);
      const from = await this.aliases.remove(model, ref.alias);
      if (from === undefined) throw notFound(`alias '${ref.alias}' of model '${ref.model}'`);
      await this.moved.execute(model, ref.alias, { from, to: undefined }, caller);
    });
  }
}
