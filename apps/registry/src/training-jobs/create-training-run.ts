import type { Caller, DatasetVersion, Recipe } from '@modelyard/contracts';
import { recipeDigest } from '@modelyard/ml-recipes';
import { Injectable } from '@nestjs/common';
import { ExperimentRepository } from '../experiments/experiment.repository';
import { RunLog } from '../runs/run-log';
import { RunRepository } from '../runs/run.repository';

/** The run that a training job logs to. */
@Injectable()
export class CreateTrainingRun {
  constructor(
    private readonly experiments: ExperimentRepository,
    private readonly runs: RunRepository,
    private readonly log: RunLog,
  ) {}

  /** @throws AppError CONFLICT when the recipe's experiment is deleted */
  async execute(id: string, recipe: Recipe, dataset: DatasetVersion, caller: Caller): Promise<void> {
    const experiment = await this.experiments.findOrCreate(recipe.experiment);
    const run = { id, experimentId: experiment.id, name: recipe.name, status: 'scheduled' } as const;
    await this.runs.create({ ...run, userId: caller.name });
    await this.log.setTags(id, {
      'modelyard.recipe': recipe.name,
      'modelyard.recipe_digest': recipeDigest(recipe),
      'modelyard.dataset': `${dataset.dataset}@${dataset.version}`,
      'modelyard.dataset_digest': dataset.digest,
      'mlflow.runName': recipe.name,
      'mlflow.source.type': 'JOB',
      'mlflow.user': caller.name,
    });
  }
}
