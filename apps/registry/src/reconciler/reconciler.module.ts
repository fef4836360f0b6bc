import { Module } from '@nestjs/common';
import { BlobReferencesModule } from '../blob-references/blob-references.module';
import { DatasetImportStoreModule } from '../dataset-imports/dataset-import-store.module';
import { IdempotencyModule } from '../idempotency/idempotency.module';
import { TrainingJobStoreModule } from '../training-jobs/training-job-store.module';
import { UploadsModule } from '../uploads/uploads.module';
import { ForgetCheckpoints } from './forget-checkpoints';
import { KeepReconciled } from './keep-reconciled';
import { RequeueLostImports } from './requeue-lost-imports';
import { RequeueLostJobs } from './requeue-lost-jobs';
import { Sweep } from './sweep';

@Module({
  imports: [
    TrainingJobStoreModule,
    DatasetImportStoreModule,
    IdempotencyModule,
    UploadsModule,
    BlobReferencesModule,
  ],
  providers: [RequeueLostJobs, RequeueLostImports, ForgetCheckpoints, Sweep, KeepReconciled],
})
export class ReconcilerModule {}
