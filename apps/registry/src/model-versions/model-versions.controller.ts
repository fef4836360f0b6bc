import type { Caller, ModelVersion, Page } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { present } from '../listing/present';
import { ModelParams } from '../models/dto/model.dto';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { DeleteVersion } from './delete-version';
import { ModelVersionDto } from './dto/model-version.dto';
import {
  RegisterVersionDto,
  UpdateVersionDto,
  VersionParams,
  VersionsQueryDto,
} from './dto/version-requests.dto';
import { RegisterFromRun } from './register-from-run';
import { UpdateVersion } from './update-version';
import { VersionRepository } from './version.repository';

@ApiTags('Model versions')
@Controller('api/v1/models/:name/versions')
export class ModelVersionsController {
  constructor(
    private readonly registerFromRun: RegisterFromRun,
    private readonly updateVersion: UpdateVersion,
    private readonly deleteVersion: DeleteVersion,
    private readonly versions: VersionRepository,
  ) {}

  @Post()
  @Requires('editor')
  @Operation({
    summary: 'Register a version',
    description:
      'Registers the model package that a run has among its artifacts. The model is made if it does not exist; the version begins in stage None.',
    errors: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiCreatedResponse({ type: ModelVersionDto })
  register(
    @Param() { name }: ModelParams,
    @Body() { runId, artifactPath = 'model', description = '', tags = {} }: RegisterVersionDto,
    @CallerOf() caller: Caller,
  ): Promise<ModelVersion> {
    return this.registerFromRun.execute({ model: name, runId, artifactPath, description, tags }, caller);
  }

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'List versions of a model',
    description: 'Newest first; `stage` chooses one stage.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: pageOf(ModelVersionDto) })
  list(
    @Param() { name }: ModelParams,
    @Query() { stage, ...page }: VersionsQueryDto,
  ): Promise<Page<ModelVersion>> {
    return this.versions.list(name, present({ stage }), page);
  }

  @Get(':version')
  @Requires('viewer')
  @Operation({
    summary: 'Get a version of a model',
    description:
      'With its stage, aliases, signature, metrics and package. The `ETag` header serves `If-Match`.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: ModelVersionDto })
  get(@Param() { name, version }: VersionParams): Promise<Tagged<ModelVersion>> {
    return this.versions.require(name, version);
  }

  @Patch(':version')
  @Requires('editor')
  @Operation({
    summary: 'Change a version',
    description: 'Its description and tags; a version’s content never changes.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: ModelVersionDto })
  update(
    @Param() { name, version }: VersionParams,
    @Body() change: UpdateVersionDto,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<ModelVersion>> {
    return this.updateVersion.execute({ model: name, version }, change, precondition, caller);
  }

  @Delete(':version')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Delete a version',
    description: 'With the aliases that point at it. Refused while a deployment serves it.',
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiNoContentResponse()
  delete(
    @Param() { name, version }: VersionParams,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.deleteVersion.execute({ model: name, version }, precondition, caller);
  }
}
