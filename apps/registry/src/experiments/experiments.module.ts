import { Module } from '@nestjs/common';
import { CreateExperiment } from './create-experiment';
import { DrizzleExperimentRepository } from './drizzle-experiment.repository';
import { ExperimentRepository } from './experiment.repository';
import { ExperimentsController } from './experiments.controller';

@Module({
  controllers: [ExperimentsController],
  providers: [CreateExperiment, { provide: ExperimentRepository, useClass: DrizzleExperimentRepository }],
  exports: [ExperimentRepository],
})
export class ExperimentsModule {}
