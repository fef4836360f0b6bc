import type { Caller, Run } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { ExperimentRepository } from '../experiments/experiment.repository';
import type { Tagged } from '../preconditions/tagged';
import { RunLog } from './run-log';
import type { NewRun } from './run.repository';
import { RunRepository } from './run.repository';

export interface RunToCreate extends Omit<NewRun, 'userId'> {
  params: Record<string, string>;
  tags: Record<string, string>;
}

@Injectable()
export class CreateRun {
  constructor(
    private readonly work: UnitOfWork,
    private readonly experiments: ExperimentRepository,
    private readonly runs: RunRepository,
    private readonly log: RunLog,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError NOT_FOUND when the experiment does not exist, CONFLICT when it is deleted */
  execute({ params, tags, ...run }: RunToCreate, caller: Caller): Promise<Tagged<Run>> {
    return this.work.transaction(async () => {
      const experiment = await this.experiments.require(run.experimentId, 'experimentId');
      if (experiment.lifecycle === 'deleted') {
        throw new AppError('CONFLICT', `Experiment ${experiment.id} ('${experiment.name}') is deleted.`);
      }
      await this.runs.create({ ...run, userId: caller.name });
      if (Object.keys(params).length > 0) await this.log.logParams(run.id, params);
      if (Object.keys(tags).length > 0) await this.log.setTags(run.id, tags);
      await this.changes.execute({
        action: 'run.created',
        subject: `runs/${run.id}`,
        caller,
        details: { name: run.name, experimentId: run.experimentId },
      });
      return this.runs.require(run.id);
    });
  }
}
