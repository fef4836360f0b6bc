import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/idempotency.module';
import { TrainingJobStoreModule } from '../training-jobs/training-job-store.module';
import { KeepReconciled } from './keep-reconciled';
import { RequeueLostJobs } from './requeue-lost-jobs';

@Module({
  imports: [TrainingJobStoreModule, IdempotencyModule],
  providers: [RequeueLostJobs, KeepReconciled],
})
export class ReconcilerModule {}
