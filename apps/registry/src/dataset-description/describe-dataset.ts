import type { Caller, Dataset } from '@modelyard/contracts';
import { Injectable } from '@nestjs/common';
import { RecordChange } from '../changes/record-change';
import { UnitOfWork } from '../database/unit-of-work';
import { DatasetRepository } from '../datasets/dataset.repository';

@Injectable()
export class DescribeDataset {
  constructor(
    private readonly work: UnitOfWork,
    private readonly datasets: DatasetRepository,
    private readonly changes: RecordChange,
  ) {}

  /** @throws AppError NOT_FOUND */
  execute(name: string, description: string, caller: Caller): Promise<Dataset> {
    return this.work.transaction(async () => {
      const dataset = await this.datasets.describe(name, description);
      await this.changes.execute({
        action: 'dataset.updated',
        subject: `datasets/${name}`,
        caller,
        details: { description },
      });
      return dataset;
    });
  }
}
