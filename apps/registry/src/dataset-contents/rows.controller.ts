import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DatasetVersionParams } from '../datasets/dto/dataset-params.dto';
import { Operation } from '../openapi/operation';
import { DatasetRowsDto, RowsQueryDto } from './dto/rows.dto';
import { SamplesDto, SamplesQueryDto } from './dto/samples.dto';
import type { DatasetRows } from './rows/dataset-rows';
import { ReadRows } from './rows/read-rows';
import type { Samples } from './samples/read-samples';
import { ReadSamples } from './samples/read-samples';

@ApiTags('Dataset contents')
@Controller('api/v1/datasets/:name/versions/:version')
export class RowsController {
  constructor(
    private readonly readRows: ReadRows,
    private readonly readSamples: ReadSamples,
  ) {}

  @Get('rows')
  @Requires('viewer')
  @Operation({
    summary: 'Page over the rows of a version',
    description:
      'With a filter, an order and a choice of columns. A page begins where the one before ended, and costs the same wherever it is.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiOkResponse({ type: DatasetRowsDto })
  rows(@Param() params: DatasetVersionParams, @Query() query: RowsQueryDto): Promise<DatasetRows> {
    return this.readRows.execute(params.name, DatasetVersionParams.number(params), query);
  }

  @Get('samples')
  @Requires('viewer')
  @Operation({
    summary: 'Look at samples of a version',
    description:
      'Samples of one split with their labels, each value nested so that a deployment can predict it. With `class` only those of one class, with `seed` a random choice, the same for the same seed.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiOkResponse({ type: SamplesDto })
  samples(@Param() params: DatasetVersionParams, @Query() query: SamplesQueryDto): Promise<Samples> {
    return this.readSamples.execute(params.name, DatasetVersionParams.number(params), query);
  }
}
