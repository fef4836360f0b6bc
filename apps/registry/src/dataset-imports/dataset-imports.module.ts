import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { EventsModule } from '../events/events.module';
import { UploadsModule } from '../uploads/uploads.module';
import { CancelImport } from './cancel-import';
import { CreateDataset } from './create-dataset';
import { CreateDatasetsController } from './create-datasets.controller';
import { DatasetImportStoreModule } from './dataset-import-store.module';
import { DatasetImportsController } from './dataset-imports.controller';
import { DeriveVersion } from './derive-version';
import { ReceiveFile } from './forms/receive-file';
import { ReceiveForm } from './forms/receive-form';
import { PrepareImport } from './prepare-import';
import { RequireUploads } from './require-uploads';
import { RetryImport } from './retry-import';
import { SubmitImport } from './submit-import';
import { AwaitImport } from './waiting/await-import';

@Module({
  imports: [DatasetImportStoreModule, DatasetsModule, UploadsModule, EventsModule],
  controllers: [CreateDatasetsController, DatasetImportsController],
  providers: [
    CreateDataset,
    DeriveVersion,
    SubmitImport,
    PrepareImport,
    RequireUploads,
    CancelImport,
    RetryImport,
    AwaitImport,
    ReceiveForm,
    ReceiveFile,
  ],
  exports: [DatasetsModule, AwaitImport, ReceiveForm],
})
export class DatasetImportsModule {}
