import type { Caller, Dataset, DatasetVersion, Page } from '@modelyard/contracts';
import { BUILT_IN_DATASETS } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { AppError } from '@modelyard/platform-errors';
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { Operation } from '../openapi/operation';
import { DatasetRepository } from './dataset.repository';
import { DatasetParams, DatasetVersionParams } from './dto/dataset-params.dto';
import { DatasetDto, DatasetVersionDto } from './dto/dataset.dto';
import { ImportDatasetDto } from './dto/import-dataset.dto';
import { ImportBuiltIn } from './import-built-in';

@ApiTags('Datasets')
@Controller('api/v1/datasets')
export class DatasetsController {
  constructor(
    private readonly importBuiltIn: ImportBuiltIn,
    private readonly datasets: DatasetRepository,
  ) {}

  @Post()
  @Requires('editor')
  @Operation({
    summary: 'Import a dataset',
    description:
      'Stores a built-in dataset as an immutable version with its digest, schema, class counts and a stratified, seeded split. The same content again is the same version: 200 instead of 201.',
    errors: ['CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiCreatedResponse({ type: DatasetVersionDto })
  @ApiOkResponse({ type: DatasetVersionDto, description: 'The version existed already.' })
  async import(
    @Body() { name, builtIn = builtInNamed(name), description }: ImportDatasetDto,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DatasetVersion> {
    const request = { name, builtIn, ...(description === undefined ? {} : { description }) };
    const { version, created } = await this.importBuiltIn.execute(request, caller);
    void reply.status(created ? 201 : 200);
    return version;
  }

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

function builtInNamed(name: string): (typeof BUILT_IN_DATASETS)[number] {
  const found = BUILT_IN_DATASETS.find((builtIn) => builtIn === name);
  if (found !== undefined) return found;
  const message = `must be one of ${BUILT_IN_DATASETS.join(', ')}, for '${name}' is not itself a built-in dataset`;
  throw new AppError('VALIDATION_FAILED', `builtIn ${message}`, { fields: [{ path: 'builtIn', message }] });
}
