import type { Caller, Deployment, Page } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { ChangeDeployment } from './change-deployment';
import { CreateDeployment } from './create-deployment';
import { DeleteDeployment } from './delete-deployment';
import { DeploymentRepository } from './deployment.repository';
import {
  ChangeDeploymentDto,
  CreateDeploymentDto,
  DeploymentParams,
  DeploymentTargetDto,
} from './dto/deployment-requests.dto';
import { DeploymentDto } from './dto/deployment.dto';

@ApiTags('Deployments')
@ApiExtraModels(DeploymentTargetDto)
@Controller('api/v1/deployments')
export class DeploymentsController {
  constructor(
    private readonly createDeployment: CreateDeployment,
    private readonly changeDeployment: ChangeDeployment,
    private readonly deleteDeployment: DeleteDeployment,
    private readonly deployments: DeploymentRepository,
  ) {}

  @Post()
  @Requires('editor')
  @Operation({
    summary: 'Deploy a model',
    description:
      'Gives a public name to one version, or to whatever stands in a stage or under an alias. Serving begins as soon as the version is loaded; `status` tells.',
    errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiCreatedResponse({ type: DeploymentDto })
  create(
    @Body() { target, ...body }: CreateDeploymentDto,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<Deployment>> {
    return this.createDeployment.execute({ ...body, target: DeploymentTargetDto.toTarget(target) }, caller);
  }

  @Get()
  @Requires('predictor')
  @Operation({ summary: 'List deployments', description: 'By name.' })
  @ApiOkResponse({ type: pageOf(DeploymentDto) })
  list(@Query() page: PageQueryDto): Promise<Page<Deployment>> {
    return this.deployments.list(page);
  }

  @Get(':name')
  @Requires('predictor')
  @Operation({
    summary: 'Get a deployment',
    description: 'What it shall serve, and what the replicas say. The `ETag` header serves `If-Match`.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: DeploymentDto })
  async get(@Param() { name }: DeploymentParams): Promise<Tagged<Deployment>> {
    return this.deployments.require(name);
  }

  @Patch(':name')
  @Requires('editor')
  @Operation({
    summary: 'Change a deployment',
    description:
      'Another target is a new revision: the new version is loaded first, then the old one is dropped.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: DeploymentDto })
  change(
    @Param() { name }: DeploymentParams,
    @Body() { target, ...body }: ChangeDeploymentDto,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<Deployment>> {
    const change = target === undefined ? body : { ...body, target: DeploymentTargetDto.toTarget(target) };
    return this.changeDeployment.execute(name, change, precondition, caller);
  }

  @Delete(':name')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Delete a deployment',
    description: 'The name answers no more. Made again, it goes on counting revisions.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiNoContentResponse()
  delete(
    @Param() { name }: DeploymentParams,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.deleteDeployment.execute(name, precondition, caller);
  }
}
