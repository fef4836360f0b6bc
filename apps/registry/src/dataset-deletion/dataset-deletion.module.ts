import { Module } from '@nestjs/common';
import { BlobReferencesModule } from '../blob-references/blob-references.module';
import { DatasetLineageModule } from '../dataset-lineage/dataset-lineage.module';
import { DatasetsModule } from '../datasets/datasets.module';
import { DatasetDeletionController } from './dataset-deletion.controller';
import { DeleteDatasetVersion } from './delete-dataset-version';
import { DeletionRepository } from './deletion.repository';
import { DrizzleDeletionRepository } from './drizzle-deletion.repository';
import { RecordDeletion } from './record-deletion';

@Module({
  imports: [BlobReferencesModule, DatasetsModule, DatasetLineageModule],
  controllers: [DatasetDeletionController],
  providers: [
    DeleteDatasetVersion,
    RecordDeletion,
    { provide: DeletionRepository, useClass: DrizzleDeletionRepository },
  ],
})
export class DatasetDeletionModule {}
