import { Module } from '@nestjs/common';
import { DatasetRepository } from './dataset.repository';
import { DatasetsController } from './datasets.controller';
import { DrizzleDatasetRepository } from './drizzle-dataset.repository';
import { ImportDataset } from './import-dataset';
import { PackedDatasets } from './packed-datasets';
import { ReadSamples } from './read-samples';

@Module({
  controllers: [DatasetsController],
  providers: [
    ImportDataset,
    ReadSamples,
    PackedDatasets,
    { provide: DatasetRepository, useClass: DrizzleDatasetRepository },
  ],
  exports: [DatasetRepository],
})
export class DatasetsModule {}
