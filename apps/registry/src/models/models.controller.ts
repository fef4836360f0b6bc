import type { Caller, Page, RegisteredModel } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { CreateModel } from './create-model';
import { DeleteModel } from './delete-model';
import {
  CreateModelDto,
  ModelParams,
  ModelsQueryDto,
  RegisteredModelDto,
  UpdateModelDto,
} from './dto/model.dto';
import { ModelRepository } from './model.repository';
import { UpdateModel } from './update-model';

@ApiTags('Models')
@Controller('api/v1/models')
export class ModelsController {
  constructor(
    private readonly createModel: CreateModel,
    private readonly updateModel: UpdateModel,
    private readonly deleteModel: DeleteModel,
    private readonly models: ModelRepository,
  ) {}

  @Post()
  @Requires('editor')
  @Operation({
    summary: 'Register a model',
    description:
      'Makes a model without versions. A training that registers a version makes its model by itself.',
    errors: ['ALREADY_EXISTS', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiCreatedResponse({ type: RegisteredModelDto })
  create(
    @Body() { name, description = '', tags = {} }: CreateModelDto,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<RegisteredModel>> {
    return this.createModel.execute({ name, description, tags }, caller);
  }

  @Get()
  @Requires('viewer')
  @Operation({ summary: 'List models', description: 'By name; `search` looks into names.' })
  @ApiOkResponse({ type: pageOf(RegisteredModelDto) })
  list(@Query() { search, ...page }: ModelsQueryDto): Promise<Page<RegisteredModel>> {
    return this.models.list(search === undefined ? {} : { search }, page);
  }

  @Get(':name')
  @Requires('viewer')
  @Operation({
    summary: 'Get a model',
    description:
      'With its aliases and the newest version of each stage. The `ETag` header serves `If-Match`.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: RegisteredModelDto })
  get(@Param() { name }: ModelParams): Promise<Tagged<RegisteredModel>> {
    return this.models.require(name);
  }

  @Patch(':name')
  @Requires('editor')
  @Operation({
    summary: 'Change a model',
    description:
      'Changes what the body names. With `If-Match`, only if the model is as it was when it was read.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: RegisteredModelDto })
  update(
    @Param() { name }: ModelParams,
    @Body() change: UpdateModelDto,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<RegisteredModel>> {
    return this.updateModel.execute(name, change, precondition, caller);
  }

  @Delete(':name')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Delete a model',
    description: 'With all its versions, stages and aliases. Refused while a deployment serves it.',
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiNoContentResponse()
  delete(
    @Param() { name }: ModelParams,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.deleteModel.execute(name, precondition, caller);
  }
}
