import type { Caller, RegisteredModel } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import type { Tagged } from '../preconditions/tagged';
import type { ModelChange } from './model.repository';
import { ModelRepository } from './model.repository';

@Injectable()
export class CreateModel {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError ALREADY_EXISTS when the name is taken */
  execute(model: { name: string } & Required<ModelChange>, caller: Caller): Promise<Tagged<RegisteredModel>> {
    return this.work.transaction(async () => {
      await this.models.create(model);
      await this.changes.execute({ action: 'model.created', subject: `models/${model.name}`, caller });
      return this.models.require(model.name);
    });
  }
}
