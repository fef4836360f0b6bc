import type { DesiredDeployments } from '@modelyard/contracts';
import { InternalOnly } from '@modelyard/platform-access';
import { Body, Controller, Get, Headers, HttpCode, Param, Put, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DeploymentParams } from './dto/deployment-requests.dto';
import { ReplicaStatusDto } from './dto/replica-status.dto';
import { ReadDesiredDeployments } from './read-desired-deployments';
import { ServingRepository } from './serving.repository';

/** For the inference replicas. */
@ApiExcludeController()
@InternalOnly()
@Controller('internal/deployments')
export class InternalDeploymentsController {
  constructor(
    private readonly readDesired: ReadDesiredDeployments,
    private readonly serving: ServingRepository,
  ) {}

  @Get()
  async desired(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DesiredDeployments | undefined> {
    const desired = await this.readDesired.execute();
    const etag = `"${desired.etag}"`;
    void reply.header('etag', etag);
    if (known !== etag) return desired;
    void reply.status(304);
    return undefined;
  }

  @Put(':name/status')
  @HttpCode(204)
  report(
    @Param() { name }: DeploymentParams,
    @Body() { replica, ...status }: ReplicaStatusDto,
  ): Promise<void> {
    return this.serving.report(name, replica, status);
  }
}
