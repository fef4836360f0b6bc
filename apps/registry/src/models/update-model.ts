import type { Caller, RegisteredModel } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import type { Precondition } from '../preconditions/if-match';
import { requireMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import type { ModelChange } from './model.repository';
import { ModelRepository } from './model.repository';

@Injectable()
export class UpdateModel {
  constructor(
    private readonly work: UnitOfWork,
    private readonly models: ModelRepository,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError NOT_FOUND, or PRECONDITION_FAILED when the model has changed since the caller read it */
  execute(
    name: string,
    change: ModelChange,
    precondition: Precondition,
    caller: Caller,
  ): Promise<Tagged<RegisteredModel>> {
    return this.work.transaction(async () => {
      const model = await this.models.hold(name);
      requireMatch(precondition, model.revision);
      await this.models.change(model, change);
      await this.changes.execute({
        action: 'model.updated',
        subject: `models/${name}`,
        caller,
        details: { ...change },
      });
      return this.models.require(name);
    });
  }
}
