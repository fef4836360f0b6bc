import type { Caller, Experiment } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { ExperimentRepository } from './experiment.repository';

@Injectable()
export class CreateExperiment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly experiments: ExperimentRepository,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError ALREADY_EXISTS */
  execute(name: string, tags: Record<string, string>, caller: Caller): Promise<Experiment> {
    return this.work.transaction(async () => {
      const id = await this.experiments.create(name, tags);
      await this.changes.execute({
        action: 'experiment.created',
        subject: `experiments/${id}`,
        caller,
        details: { name },
      });
      return this.experiments.require(id);
    });
  }
}
