import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { ExperimentsModule } from '../experiments/experiments.module';
import { RunsModule } from '../runs/runs.module';
import { CancelTrainingJob } from './cancel-training-job';
import { CreateTrainingRun } from './create-training-run';
import { EventBell } from './event-bell';
import { FollowTrainingJob } from './follow-training-job';
import { SubmitTrainingJob } from './submit-training-job';
import { TrainingJobEventsController } from './training-job-events.controller';
import { TrainingJobStoreModule } from './training-job-store.module';
import { TrainingJobsController } from './training-jobs.controller';

@Module({
  imports: [TrainingJobStoreModule, DatasetsModule, ExperimentsModule, RunsModule],
  controllers: [TrainingJobsController, TrainingJobEventsController],
  providers: [SubmitTrainingJob, CancelTrainingJob, CreateTrainingRun, FollowTrainingJob, EventBell],
})
export class TrainingJobsModule {}
