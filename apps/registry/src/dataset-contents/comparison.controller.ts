import type { DatasetComparison } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../openapi/operation';
import { abortWhenGone } from './abort-when-gone';
import { Compare } from './comparison/compare';
import { ComparisonParams, DatasetComparisonDto } from './dto/comparison.dto';

@ApiTags('Dataset contents')
@Controller('api/v1/datasets/:name/versions/:version/compare/:other')
export class ComparisonController {
  constructor(private readonly compare: Compare) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'Compare two versions',
    description:
      'What changed in the schema, which rows were added, removed or relabelled (by their content), and how the values of each column are distributed in both.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiOkResponse({ type: DatasetComparisonDto })
  get(
    @Param() params: ComparisonParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DatasetComparison> {
    return this.compare.execute(params.name, ComparisonParams.both(params), abortWhenGone(reply));
  }
}
