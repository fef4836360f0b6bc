import type { DatasetLineage } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from '../datasets/dataset.repository';
import { LineageRepository } from './lineage.repository';

@Injectable()
export class ReadDatasetLineage {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly lineage: LineageRepository,
  ) {}

  /**
   * What a version came from, and what came of it. A deleted version still has both.
   * @throws AppError NOT_FOUND
   */
  async execute(name: string, number: number | 'latest'): Promise<DatasetLineage> {
    const { dataset, version, digest, parent, importId } = await this.datasets.requireVersion(name, number);
    const [children, runs, modelVersions, deployments, source] = await Promise.all([
      this.lineage.children(dataset, version),
      this.lineage.runs(dataset, version),
      this.lineage.modelVersions(dataset, version),
      this.lineage.deployments(dataset, version),
      importId === undefined ? undefined : this.lineage.importOf(importId),
    ]);
    return {
      dataset,
      version,
      digest,
      ...(parent === undefined ? {} : { parent }),
      children,
      ...(source === undefined ? {} : { import: source }),
      runs,
      modelVersions,
      deployments,
    };
  }
}
