import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { VersionStoreModule } from '../model-versions/version-store.module';
import { DatasetLineageController } from './dataset-lineage.controller';
import { DrizzleLineageRepository } from './drizzle-lineage.repository';
import { LineageRepository } from './lineage.repository';
import { ModelLineageController } from './model-lineage.controller';
import { ReadDatasetLineage } from './read-dataset-lineage';
import { ReadModelLineage } from './read-model-lineage';

@Module({
  imports: [DatasetsModule, VersionStoreModule],
  controllers: [DatasetLineageController, ModelLineageController],
  providers: [
    ReadDatasetLineage,
    ReadModelLineage,
    { provide: LineageRepository, useClass: DrizzleLineageRepository },
  ],
  exports: [LineageRepository],
})
export class DatasetLineageModule {}
