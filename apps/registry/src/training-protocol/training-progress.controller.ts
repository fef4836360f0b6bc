import type { Caller, ProgressResponse, StartTrainingResponse } from '@modelyard/contracts';
import { CallerOf, InternalOnly } from '@modelyard/platform-access';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readMetricPoints } from '../runs/read-metric-points';
import { Clock } from '../sources/clock';
import { TrainingJobParams } from '../training-jobs/dto/training-job.dto';
import { ArtifactsReportDto, CheckpointReportDto, ProgressReportDto } from './dto/reports.dto';
import { KeepArtifacts } from './keep-artifacts';
import { KeepCheckpoint } from './keep-checkpoint';
import { ReportProgress } from './report-progress';
import { StartTraining } from './start-training';

/** What a worker says while a training runs. Each call may be repeated. */
@ApiExcludeController()
@InternalOnly()
@Controller('internal/training-jobs/:id')
export class TrainingProgressController {
  constructor(
    private readonly startTraining: StartTraining,
    private readonly reportProgress: ReportProgress,
    private readonly keepCheckpoint: KeepCheckpoint,
    private readonly keepArtifacts: KeepArtifacts,
    private readonly clock: Clock,
  ) {}

  @Post('start')
  @HttpCode(200)
  start(@Param() { id }: TrainingJobParams, @CallerOf() caller: Caller): Promise<StartTrainingResponse> {
    return this.startTraining.execute(id, this.clock.now(), caller);
  }

  @Post('progress')
  @HttpCode(200)
  progress(
    @Param() { id }: TrainingJobParams,
    @Body() { metrics, ...report }: ProgressReportDto,
  ): Promise<ProgressResponse> {
    return this.reportProgress.execute(id, {
      ...report,
      metrics: readMetricPoints(metrics, this.clock.now()),
    });
  }

  @Post('artifacts')
  @HttpCode(204)
  artifacts(@Param() { id }: TrainingJobParams, @Body() { artifacts }: ArtifactsReportDto): Promise<void> {
    return this.keepArtifacts.execute(id, artifacts);
  }

  @Post('checkpoint')
  @HttpCode(204)
  checkpoint(@Param() { id }: TrainingJobParams, @Body() { checkpoint }: CheckpointReportDto): Promise<void> {
    return this.keepCheckpoint.execute(id, checkpoint);
  }
}
