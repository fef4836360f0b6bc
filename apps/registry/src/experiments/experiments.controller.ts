import type { Caller, Experiment, Page } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { present } from '../listing/present';
import { Operation } from '../openapi/operation';
import { CreateExperiment } from './create-experiment';
import {
  CreateExperimentDto,
  ExperimentDto,
  ExperimentParams,
  ExperimentsQueryDto,
} from './dto/experiment.dto';
import { ExperimentRepository } from './experiment.repository';

@ApiTags('Experiments')
@Controller('api/v1/experiments')
export class ExperimentsController {
  constructor(
    private readonly createExperiment: CreateExperiment,
    private readonly experiments: ExperimentRepository,
  ) {}

  @Post()
  @Requires('editor')
  @Operation({
    summary: 'Create an experiment',
    description: 'A named group of runs. A training makes the experiment of its recipe by itself.',
    errors: ['ALREADY_EXISTS', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiCreatedResponse({ type: ExperimentDto })
  create(@Body() { name, tags = {} }: CreateExperimentDto, @CallerOf() caller: Caller): Promise<Experiment> {
    return this.createExperiment.execute(name, tags, caller);
  }

  @Get()
  @Requires('viewer')
  @Operation({ summary: 'List experiments', description: 'By id; `search` looks into names.' })
  @ApiOkResponse({ type: pageOf(ExperimentDto) })
  list(@Query() { search, lifecycle, ...page }: ExperimentsQueryDto): Promise<Page<Experiment>> {
    return this.experiments.list(present({ search, lifecycle }), page);
  }

  @Get(':id')
  @Requires('viewer')
  @Operation({ summary: 'Get an experiment', description: 'By its id.', errors: ['NOT_FOUND'] })
  @ApiOkResponse({ type: ExperimentDto })
  get(@Param() { id }: ExperimentParams): Promise<Experiment> {
    return this.experiments.require(id);
  }
}
