import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { EventsModule } from '../events/events.module';
import { ExperimentsModule } from '../experiments/experiments.module';
import { RunsModule } from '../runs/runs.module';
import { CancelTrainingJob } from './cancel-training-job';
import { CreateTrainingRun } from './create-training-run';
import { SubmitTrainingJob } from './submit-training-job';
import { TrainingJobEventsController } from './training-job-events.controller';
import { TrainingJobStoreModule } from './training-job-store.module';
import { TrainingJobsController } from './training-jobs.controller';

@Module({
  imports: [TrainingJobStoreModule, EventsModule, DatasetsModule, ExperimentsModule, RunsModule],
  controllers: [TrainingJobsController, TrainingJobEventsController],
  providers: [SubmitTrainingJob, CancelTrainingJob, CreateTrainingRun],
})
export class TrainingJobsModule {}
