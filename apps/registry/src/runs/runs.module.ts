import { Module } from '@nestjs/common';
import { ExperimentsModule } from '../experiments/experiments.module';
import { ArtifactRepository } from './artifact.repository';
import { ArtifactsController } from './artifacts.controller';
import { CreateRun } from './create-run';
import { DrizzleArtifactRepository } from './drizzle-artifact.repository';
import { DrizzleRunLog } from './drizzle-run-log';
import { DrizzleRunRepository } from './drizzle-run.repository';
import { RunLog } from './run-log';
import { RunLogController } from './run-log.controller';
import { RunRepository } from './run.repository';
import { RunsController } from './runs.controller';
import { UpdateRun } from './update-run';

@Module({
  imports: [ExperimentsModule],
  controllers: [RunsController, RunLogController, ArtifactsController],
  providers: [
    CreateRun,
    UpdateRun,
    { provide: RunRepository, useClass: DrizzleRunRepository },
    { provide: RunLog, useClass: DrizzleRunLog },
    { provide: ArtifactRepository, useClass: DrizzleArtifactRepository },
  ],
  exports: [RunRepository, RunLog, ArtifactRepository],
})
export class RunsModule {}
