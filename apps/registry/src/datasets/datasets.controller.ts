import type { Dataset, DatasetVersion, Page } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { Operation } from '../openapi/operation';
import { DatasetRepository } from './dataset.repository';
import { DatasetParams, DatasetVersionParams } from './dto/dataset-params.dto';
import { DatasetDto, DatasetVersionDto } from './dto/dataset.dto';

@ApiTags('Datasets')
@Controller('api/v1/datasets')
export class DatasetsController {
  constructor(private readonly datasets: DatasetRepository) {}

  @Get()
  @Requires('viewer')
  @Operation({ summary: 'List datasets', description: 'By name.' })
  @ApiOkResponse({ type: pageOf(DatasetDto) })
  list(@Query() page: PageQueryDto): Promise<Page<Dataset>> {
    return this.datasets.list(page);
  }

  @Get(':name')
  @Requires('viewer')
  @Operation({
    summary: 'Get a dataset',
    description: 'Its kind and the number of its latest version.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: DatasetDto })
  get(@Param() { name }: DatasetParams): Promise<Dataset> {
    return this.datasets.require(name);
  }

  @Get(':name/versions')
  @Requires('viewer')
  @Operation({ summary: 'List versions of a dataset', description: 'Newest first.', errors: ['NOT_FOUND'] })
  @ApiOkResponse({ type: pageOf(DatasetVersionDto) })
  listVersions(@Param() { name }: DatasetParams, @Query() page: PageQueryDto): Promise<Page<DatasetVersion>> {
    return this.datasets.listVersions(name, page);
  }

  @Get(':name/versions/:version')
  @Requires('viewer')
  @Operation({
    summary: 'Get a version of a dataset',
    description: 'Schema, digest, class counts, split and source; `latest` is the newest version.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: DatasetVersionDto })
  getVersion(@Param() params: DatasetVersionParams): Promise<DatasetVersion> {
    return this.datasets.requireVersion(params.name, DatasetVersionParams.number(params));
  }
}
