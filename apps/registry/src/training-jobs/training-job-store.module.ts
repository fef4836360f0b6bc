import { Module } from '@nestjs/common';
import { RunsModule } from '../runs/runs.module';
import { DrizzleTrainingJobRepository } from './drizzle-training-job.repository';
import { EndTrainingJob } from './end-training-job';
import { TrainingJobRepository } from './training-job.repository';

/** For everyone who moves jobs on: people, workers and the reconciler. */
@Module({
  imports: [RunsModule],
  providers: [EndTrainingJob, { provide: TrainingJobRepository, useClass: DrizzleTrainingJobRepository }],
  exports: [EndTrainingJob, TrainingJobRepository],
})
export class TrainingJobStoreModule {}
