import type { Caller, Page, TrainingJob } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { present } from '../listing/present';
import { Operation } from '../openapi/operation';
import { Identifiers } from '../sources/identifiers';
import { CancelTrainingJob } from './cancel-training-job';
import { TrainingJobDto, TrainingJobParams, TrainingJobsQueryDto } from './dto/training-job.dto';
import { readRecipe } from './read-recipe';
import { RECIPE_BODY } from './recipe-body';
import { SubmitTrainingJob } from './submit-training-job';
import { TrainingJobRepository } from './training-job.repository';

@ApiTags('Training jobs')
@Controller('api/v1/training-jobs')
export class TrainingJobsController {
  constructor(
    private readonly submitJob: SubmitTrainingJob,
    private readonly cancelJob: CancelTrainingJob,
    private readonly jobs: TrainingJobRepository,
    private readonly identifiers: Identifiers,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('editor')
  @Operation({
    summary: 'Train a model',
    description:
      'Takes a recipe: as JSON, as `{ "recipe": … }` with an object or YAML text, or as YAML with Content-Type application/yaml. The recipe is checked against the dataset before anything is queued. The answer comes at once; follow the job at its events.',
    errors: ['NOT_FOUND', 'CONFLICT', 'UNSUPPORTED_MEDIA_TYPE', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiConsumes('application/json', 'application/yaml')
  @ApiBody(RECIPE_BODY)
  @ApiAcceptedResponse({ type: TrainingJobDto })
  submit(@Body() body: unknown, @CallerOf() caller: Caller): Promise<TrainingJob> {
    return this.submitJob.execute(this.identifiers.runId(), readRecipe(body), caller);
  }

  @Get()
  @Requires('viewer')
  @Operation({ summary: 'List training jobs', description: 'Newest first; `status` chooses one status.' })
  @ApiOkResponse({ type: pageOf(TrainingJobDto) })
  list(@Query() { status, ...page }: TrainingJobsQueryDto): Promise<Page<TrainingJob>> {
    return this.jobs.list(present({ status }), page);
  }

  @Get(':id')
  @Requires('viewer')
  @Operation({
    summary: 'Get a training job',
    description: 'Its status, its progress, and its result or why it failed.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: TrainingJobDto })
  get(@Param() { id }: TrainingJobParams): Promise<TrainingJob> {
    return this.jobs.require(id);
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @Requires('editor')
  @Operation({
    summary: 'Cancel a training job',
    description: 'A queued job is cancelled at once; a running one as soon as its worker has stopped.',
    errors: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiAcceptedResponse({ type: TrainingJobDto })
  cancel(@Param() { id }: TrainingJobParams, @CallerOf() caller: Caller): Promise<TrainingJob> {
    return this.cancelJob.execute(id, caller);
  }
}
