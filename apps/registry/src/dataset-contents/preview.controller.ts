import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DatasetVersionParams } from '../datasets/dto/dataset-params.dto';
import { Operation } from '../openapi/operation';
import { DatasetPreviewDto, PreviewQueryDto } from './dto/preview.dto';
import type { DatasetPreview } from './preview/preview';
import { ReadPreview } from './preview/read-preview';

@ApiTags('Dataset contents')
@Controller('api/v1/datasets/:name/versions/:version/preview')
export class PreviewController {
  constructor(private readonly read: ReadPreview) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'Get a first look at a version',
    description:
      'Each class with some samples (of images where their thumbnails are), the sizes of classes and splits, and how the values of each column are distributed.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiOkResponse({ type: DatasetPreviewDto })
  preview(@Param() params: DatasetVersionParams, @Query() query: PreviewQueryDto): Promise<DatasetPreview> {
    return this.read.execute(params.name, DatasetVersionParams.number(params), query);
  }
}
