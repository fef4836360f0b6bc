import { Module } from '@nestjs/common';
import { BlobReferencesModule } from '../blob-references/blob-references.module';
import { ContractStoreModule } from '../dataset-contracts/contract-store.module';
import { DatasetContractsModule } from '../dataset-contracts/dataset-contracts.module';
import { DatasetImportStoreModule } from '../dataset-imports/dataset-import-store.module';
import { DatasetsModule } from '../datasets/datasets.module';
import { UploadsModule } from '../uploads/uploads.module';
import { ConfirmImportCancelled } from './confirm-import-cancelled';
import { FailImport } from './fail-import';
import { ImportEndController } from './import-end.controller';
import { ImportProgressController } from './import-progress.controller';
import { KeepVersion } from './keep-version';
import { ReadContext } from './read-context';
import { ReportImportProgress } from './report-import-progress';
import { StartImport } from './start-import';
import { SucceedImport } from './succeed-import';

@Module({
  imports: [
    DatasetImportStoreModule,
    DatasetsModule,
    UploadsModule,
    BlobReferencesModule,
    ContractStoreModule,
    DatasetContractsModule,
  ],
  controllers: [ImportProgressController, ImportEndController],
  providers: [
    StartImport,
    ReadContext,
    ReportImportProgress,
    SucceedImport,
    KeepVersion,
    FailImport,
    ConfirmImportCancelled,
  ],
})
export class ImportProtocolModule {}
