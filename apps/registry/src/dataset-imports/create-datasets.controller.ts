import type { Caller, DatasetImport, DatasetVersion } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DatasetVersionParams } from '../datasets/dto/dataset-params.dto';
import { DatasetVersionDto } from '../datasets/dto/dataset.dto';
import { Operation } from '../openapi/operation';
import { CreateDataset } from './create-dataset';
import { DeriveVersion } from './derive-version';
import { AppendSamplesDto, CreateDatasetDto } from './dto/create-dataset.dto';
import { DatasetImportDto } from './dto/dataset-import.dto';
import { DeriveVersionDto } from './dto/derive-version.dto';
import { CREATE_BODY } from './forms/form-body';
import { TakesForms } from './forms/takes-forms';
import { WaitsForImport } from './waiting/waits-for-import';

const IMPORTS = '/api/v1/dataset-imports';
const PREFER = {
  name: 'Prefer',
  required: false,
  example: 'wait=60',
  description:
    'Seconds (at most 300) to wait for the import: the answer is 201 with the version then, or what is wrong with the data.',
} as const;

@ApiTags('Datasets')
@ApiExtraModels(CreateDatasetDto)
@Controller('api/v1/datasets')
export class CreateDatasetsController {
  constructor(
    private readonly createDataset: CreateDataset,
    private readonly deriveVersion: DeriveVersion,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('editor')
  @TakesForms()
  @WaitsForImport()
  @Operation({
    summary: 'Import a dataset',
    description:
      'Makes the next version of a dataset from uploads, a URL, a well-known set, or files that come along as a form. The answer is the import; follow it at its events. Nothing of it can be seen before it is whole. The same content again is the same version. Built-in sets are there at once: 201, or 200 when the version existed already.',
    errors: ['NOT_FOUND', 'CONFLICT', 'BODY_TOO_LARGE', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody(CREATE_BODY)
  @ApiHeader(PREFER)
  @ApiAcceptedResponse({ type: DatasetImportDto })
  @ApiCreatedResponse({ type: DatasetVersionDto })
  @ApiOkResponse({ type: DatasetVersionDto, description: 'The version existed already.' })
  async create(
    @Body() request: CreateDatasetDto,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DatasetImport | DatasetVersion> {
    const created = await this.createDataset.execute(request, caller);
    if ('import' in created) return accepted(reply, created.import);
    void reply.status(created.created ? 201 : 200);
    return created.version;
  }

  @Post(':name/versions/:version/append')
  @HttpCode(202)
  @Requires('editor')
  @TakesForms()
  @WaitsForImport()
  @Operation({
    summary: 'Append samples to a version',
    description:
      'Makes a version that has the samples of this one, in their splits, and more. What did not change is shared. JSON, or a form with files.',
    errors: ['NOT_FOUND', 'CONFLICT', 'BODY_TOO_LARGE', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiHeader(PREFER)
  @ApiAcceptedResponse({ type: DatasetImportDto })
  @ApiCreatedResponse({ type: DatasetVersionDto })
  async append(
    @Param() params: DatasetVersionParams,
    @Body() request: AppendSamplesDto,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DatasetImport> {
    return accepted(reply, await this.deriveVersion.append(parentOf(params), request, caller));
  }

  @Post(':name/versions/:version/derive')
  @HttpCode(202)
  @Requires('editor')
  @WaitsForImport()
  @Operation({
    summary: 'Derive a version from another',
    description:
      'Makes a version with fewer rows, other classes of some rows, or another division. What did not change is shared.',
    errors: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiHeader(PREFER)
  @ApiAcceptedResponse({ type: DatasetImportDto })
  @ApiCreatedResponse({ type: DatasetVersionDto })
  async derive(
    @Param() params: DatasetVersionParams,
    @Body() changes: DeriveVersionDto,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DatasetImport> {
    return accepted(reply, await this.deriveVersion.derive(parentOf(params), { ...changes }, caller));
  }
}

function parentOf(params: DatasetVersionParams): { dataset: string; version: number | 'latest' } {
  return { dataset: params.name, version: DatasetVersionParams.number(params) };
}

function accepted(reply: FastifyReply, submitted: DatasetImport): DatasetImport {
  void reply.status(202).header('location', `${IMPORTS}/${submitted.id}`);
  return submitted;
}
