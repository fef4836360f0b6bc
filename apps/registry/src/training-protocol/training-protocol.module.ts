import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { RegistrationModule } from '../model-versions/registration.module';
import { RunsModule } from '../runs/runs.module';
import { TrainingJobStoreModule } from '../training-jobs/training-job-store.module';
import { ConfirmCancelled } from './confirm-cancelled';
import { FailTraining } from './fail-training';
import { KeepArtifacts } from './keep-artifacts';
import { KeepCheckpoint } from './keep-checkpoint';
import { KeepResult } from './keep-result';
import { ReportProgress } from './report-progress';
import { StartTraining } from './start-training';
import { SucceedTraining } from './succeed-training';
import { TrainingEndController } from './training-end.controller';
import { TrainingProgressController } from './training-progress.controller';

@Module({
  imports: [TrainingJobStoreModule, RunsModule, DatasetsModule, RegistrationModule],
  controllers: [TrainingProgressController, TrainingEndController],
  providers: [
    StartTraining,
    ReportProgress,
    KeepArtifacts,
    KeepCheckpoint,
    SucceedTraining,
    KeepResult,
    FailTraining,
    ConfirmCancelled,
  ],
})
export class TrainingProtocolModule {}
