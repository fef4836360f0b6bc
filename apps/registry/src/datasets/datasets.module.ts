import { Module } from '@nestjs/common';
import { DatasetRepository } from './dataset.repository';
import { DatasetsController } from './datasets.controller';
import { DrizzleDatasetRepository } from './drizzle-dataset.repository';
import { ImportDataset } from './import-dataset';

@Module({
  controllers: [DatasetsController],
  providers: [ImportDataset, { provide: DatasetRepository, useClass: DrizzleDatasetRepository }],
  exports: [DatasetRepository],
})
export class DatasetsModule {}
