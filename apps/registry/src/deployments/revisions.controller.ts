import type { Caller, Deployment, DeploymentRevision, Page } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { DeploymentParams, RollbackDto } from './dto/deployment-requests.dto';
import { DeploymentDto, DeploymentRevisionDto } from './dto/deployment.dto';
import { RevisionRepository } from './revision.repository';
import { RollbackDeployment } from './rollback-deployment';

@ApiTags('Deployments')
@Controller('api/v1/deployments')
export class RevisionsController {
  constructor(
    private readonly rollbackDeployment: RollbackDeployment,
    private readonly revisions: RevisionRepository,
  ) {}

  @Post(':name/rollback')
  @HttpCode(200)
  @Requires('editor')
  @Operation({
    summary: 'Roll a deployment back',
    description:
      'Serves the version of an earlier revision again, as a new revision that is pinned to this version: it no longer follows a stage or an alias.',
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: DeploymentDto })
  rollback(
    @Param() { name }: DeploymentParams,
    @Body() body: RollbackDto,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<Deployment>> {
    return this.rollbackDeployment.execute(name, body, precondition, caller);
  }

  @Get(':name/revisions')
  @Requires('viewer')
  @Operation({
    summary: 'List the revisions of a deployment',
    description: 'Newest first, each with its reason and author.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: pageOf(DeploymentRevisionDto) })
  list(@Param() { name }: DeploymentParams, @Query() page: PageQueryDto): Promise<Page<DeploymentRevision>> {
    return this.revisions.list(name, page);
  }
}
