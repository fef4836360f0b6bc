import type { Caller, Recipe, TrainingJob } from '@modelyard/contracts';
import { requestContext } from '@modelyard/platform-observability';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetRepository } from '../datasets/dataset.repository';
import { CreateTrainingRun } from './create-training-run';
import { requireFit } from './read-recipe';
import { TrainingJobRepository } from './training-job.repository';

@Injectable()
export class SubmitTrainingJob {
  constructor(
    private readonly work: UnitOfWork,
    private readonly datasets: DatasetRepository,
    private readonly createRun: CreateTrainingRun,
    private readonly jobs: TrainingJobRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Accepts a training: job, run and the request for a worker become durable in one commit.
   * @param id of the job and its run
   * @throws AppError NOT_FOUND when the dataset does not exist, CONFLICT when its content is deleted, VALIDATION_FAILED when the
   *   recipe does not fit it
   */
  async execute(id: string, recipe: Recipe, caller: Caller): Promise<TrainingJob> {
    const dataset = await this.datasets.requireVersion(
      recipe.dataset.name,
      recipe.dataset.version,
      'dataset',
    );
    requireFit(recipe, dataset.schema);
    return this.work.transaction(async () => {
      await this.datasets.keepVersion(dataset.dataset, dataset.version);
      await this.createRun.execute(id, recipe, dataset, caller);
      await this.jobs.create({
        id,
        recipe,
        dataset: { name: dataset.dataset, version: dataset.version, digest: dataset.digest },
        requestId: requestContext.get()?.requestId ?? '',
        createdBy: caller.name,
      });
      await this.jobs.addEvent(id, 'status', { status: 'queued' });
      await this.changes.execute({
        action: 'training-job.queued',
        announce: 'training-job.queued',
        startsTraining: id,
        subject: `training-jobs/${id}`,
        caller,
        details: { recipe: recipe.name, dataset: `${dataset.dataset}@${dataset.version}` },
      });
      return this.jobs.require(id);
    });
  }
}
