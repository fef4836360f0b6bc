import type { ModelLineage, ModelVersion } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from '../datasets/dataset.repository';
import { VersionRepository } from '../model-versions/version.repository';
import { LineageRepository } from './lineage.repository';

@Injectable()
export class ReadModelLineage {
  constructor(
    private readonly versions: VersionRepository,
    private readonly datasets: DatasetRepository,
    private readonly lineage: LineageRepository,
  ) {}

  /** @throws AppError NOT_FOUND */
  async execute(model: string, number: number): Promise<ModelLineage> {
    const { stage, version, runId, dataset } = (await this.versions.require(model, number)).value;
    const [run, trainedOn, deployments] = await Promise.all([
      runId === undefined ? undefined : this.lineage.runOf(runId),
      dataset === undefined ? undefined : this.describe(dataset),
      this.lineage.servedBy(model, version),
    ]);
    return {
      model,
      version,
      stage,
      ...(run === undefined ? {} : { run }),
      ...(trainedOn === undefined ? {} : { dataset: trainedOn }),
      deployments,
    };
  }

  private async describe(dataset: NonNullable<ModelVersion['dataset']>): Promise<ModelLineage['dataset']> {
    const ancestors = await this.lineage.ancestors(dataset.name, dataset.version);
    return { ...dataset, deleted: await this.isDeleted(dataset), ancestors };
  }

  private async isDeleted({ name, version }: NonNullable<ModelVersion['dataset']>): Promise<boolean> {
    try {
      return (await this.datasets.requireVersion(name, version)).deleted !== undefined;
    } catch (error) {
      // A version that was registered from elsewhere may name a dataset that never was here.
      if (error instanceof AppError && error.code === 'NOT_FOUND') return true;
      throw error;
    }
  }
}
