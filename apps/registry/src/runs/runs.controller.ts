import type { Caller, Page, Run } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { present } from '../listing/present';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { Clock } from '../sources/clock';
import { Identifiers } from '../sources/identifiers';
import { CreateRun } from './create-run';
import { CreateRunDto, RunParams, RunsQueryDto, UpdateRunDto } from './dto/run-requests.dto';
import { RunDto } from './dto/run.dto';
import { parseRunOrder } from './run-order';
import { RunRepository } from './run.repository';
import { UpdateRun } from './update-run';

@ApiTags('Runs')
@Controller('api/v1/runs')
export class RunsController {
  constructor(
    private readonly createRun: CreateRun,
    private readonly updateRun: UpdateRun,
    private readonly runs: RunRepository,
    private readonly clock: Clock,
    private readonly identifiers: Identifiers,
  ) {}

  @Post()
  @Requires('editor')
  @Operation({
    summary: 'Start a run',
    description:
      'For work that runs outside Modelyard and logs here; trainings make their runs by themselves.',
    errors: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiCreatedResponse({ type: RunDto })
  create(
    @Body() { experimentId, name, params = {}, tags = {}, startedAt }: CreateRunDto,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<Run>> {
    const id = this.identifiers.runId();
    const began = startedAt === undefined ? this.clock.now() : Date.parse(startedAt);
    return this.createRun.execute(
      {
        id,
        experimentId,
        name: name ?? `run-${id.slice(0, 8)}`,
        status: 'running',
        params,
        tags,
        startedAt: began,
      },
      caller,
    );
  }

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'List runs',
    description:
      'Filtered by experiment and status, ordered by an attribute, a metric or a param. Newest first by default.',
  })
  @ApiOkResponse({ type: pageOf(RunDto) })
  list(@Query() { experimentId, status, orderBy, ...page }: RunsQueryDto): Promise<Page<Run>> {
    return this.runs.list(present({ experimentId, status }), parseRunOrder(orderBy), page);
  }

  @Get(':id')
  @Requires('viewer')
  @Operation({
    summary: 'Get a run',
    description:
      'With its params, tags and the last value of each metric. The `ETag` header serves `If-Match`.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: RunDto })
  get(@Param() { id }: RunParams): Promise<Tagged<Run>> {
    return this.runs.require(id);
  }

  @Patch(':id')
  @Requires('editor')
  @Operation({
    summary: 'Change a run',
    description: 'Its name, or its status: `finished`, `failed` and `killed` end it.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: RunDto })
  update(
    @Param() { id }: RunParams,
    @Body() { endedAt, ...change }: UpdateRunDto,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<Run>> {
    const ended = endedAt === undefined ? {} : { endedAt: Date.parse(endedAt) };
    return this.updateRun.execute(id, { ...change, ...ended }, precondition, caller);
  }
}
