import type { Caller, TrainingJob } from '@modelyard/contracts';
import { CallerOf, InternalOnly } from '@modelyard/platform-access';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Clock } from '../sources/clock';
import { TrainingJobParams } from '../training-jobs/dto/training-job.dto';
import { ConfirmCancelled } from './confirm-cancelled';
import { FailTrainingDto, SucceedTrainingDto } from './dto/reports.dto';
import { FailTraining } from './fail-training';
import { SucceedTraining } from './succeed-training';

/** How a worker says that a training has ended. Each call may be repeated. */
@ApiExcludeController()
@InternalOnly()
@Controller('internal/training-jobs/:id')
export class TrainingEndController {
  constructor(
    private readonly succeedTraining: SucceedTraining,
    private readonly failTraining: FailTraining,
    private readonly confirmCancelled: ConfirmCancelled,
    private readonly clock: Clock,
  ) {}

  @Post('succeed')
  @HttpCode(200)
  succeed(
    @Param() { id }: TrainingJobParams,
    @Body() success: SucceedTrainingDto,
    @CallerOf() caller: Caller,
  ): Promise<TrainingJob> {
    return this.succeedTraining.execute(id, success, this.clock.now(), caller);
  }

  @Post('fail')
  @HttpCode(200)
  fail(
    @Param() { id }: TrainingJobParams,
    @Body() failure: FailTrainingDto,
    @CallerOf() caller: Caller,
  ): Promise<TrainingJob> {
    return this.failTraining.execute(id, failure, caller);
  }

  @Post('cancelled')
  @HttpCode(200)
  cancelled(@Param() { id }: TrainingJobParams, @CallerOf() caller: Caller): Promise<TrainingJob> {
    return this.confirmCancelled.execute(id, caller);
  }
}
