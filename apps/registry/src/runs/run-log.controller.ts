import type { MetricPoint, Page } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { Operation } from '../openapi/operation';
import { Clock } from '../sources/clock';
import { LogMetricsDto, LogParamsDto, MetricParams, RunParams, SetTagsDto } from './dto/run-requests.dto';
import { MetricPointDto } from './dto/run.dto';
import { readMetricPoints } from './read-metric-points';
import { RunLog } from './run-log';

@ApiTags('Runs')
@Controller('api/v1/runs/:id')
export class RunLogController {
  constructor(
    private readonly log: RunLog,
    private readonly clock: Clock,
  ) {}

  @Post('metrics')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Log metrics',
    description: 'A batch of points in one transaction. The same batch again changes nothing.',
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  @ApiNoContentResponse()
  logMetrics(@Param() { id }: RunParams, @Body() { metrics }: LogMetricsDto): Promise<void> {
    return this.log.logMetrics(id, readMetricPoints(metrics, this.clock.now()));
  }

  @Get('metrics/:key')
  @Requires('viewer')
  @Operation({
    summary: 'Get the history of a metric',
    description: 'All points by step, then time.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: pageOf(MetricPointDto) })
  history(@Param() { id, key }: MetricParams, @Query() page: PageQueryDto): Promise<Page<MetricPoint>> {
    return this.log.history(id, key, page);
  }

  @Post('params')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Log params',
    description:
      'Equal values may be logged again; another value for a param is refused, and nothing is logged then.',
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  @ApiNoContentResponse()
  logParams(@Param() { id }: RunParams, @Body() { params }: LogParamsDto): Promise<void> {
    return this.log.logParams(id, params);
  }

  @Post('tags')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Set tags',
    description: 'New tags are added, those of the same name replaced, others left alone.',
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  @ApiNoContentResponse()
  setTags(@Param() { id }: RunParams, @Body() { tags }: SetTagsDto): Promise<void> {
    return this.log.setTags(id, tags);
  }
}
