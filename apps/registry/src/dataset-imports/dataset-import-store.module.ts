import { Module } from '@nestjs/common';
import { UploadsModule } from '../uploads/uploads.module';
import { DatasetImportRepository } from './dataset-import.repository';
import { DrizzleDatasetImportRepository } from './drizzle-dataset-import.repository';
import { EndImport } from './end-import';

/** For everyone who moves imports on: people, workers and the reconciler. */
@Module({
  imports: [UploadsModule],
  providers: [EndImport, { provide: DatasetImportRepository, useClass: DrizzleDatasetImportRepository }],
  exports: [EndImport, DatasetImportRepository],
})
export class DatasetImportStoreModule {}
