import type { Caller, ModelVersion } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ModelVersionDto } from '../model-versions/dto/model-version.dto';
import { VersionParams } from '../model-versions/dto/version-requests.dto';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { TransitionDto } from './dto/transition.dto';
import { TransitionStage } from './transition-stage';

@ApiTags('Model versions')
@Controller('api/v1/models/:name/versions/:version/stage')
export class StagesController {
  constructor(private readonly transition: TransitionStage) {}

  @Post()
  @HttpCode(200)
  @Requires('editor')
  @Operation({
    summary: 'Move a version to a stage',
    description:
      'Staging and Production hold one version unless `archiveExisting` is false: what was there is archived. Deployments that follow the stage get a new revision in the same transaction.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: ModelVersionDto })
  move(
    @Param() { name, version }: VersionParams,
    @Body() body: TransitionDto,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<Tagged<ModelVersion>> {
    return this.transition.execute({ model: name, version, ...body }, precondition, caller);
  }
}
