import type { ModelLineage } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { VersionParams } from '../model-versions/dto/version-requests.dto';
import { Operation } from '../openapi/operation';
import { ModelLineageDto } from './dto/lineage.dto';
import { ReadModelLineage } from './read-model-lineage';

@ApiTags('Model versions')
@Controller('api/v1/models/:name/versions/:version/lineage')
export class ModelLineageController {
  constructor(private readonly read: ReadModelLineage) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'See what a version was trained on, and where it serves',
    description:
      'Its run, the version of the dataset that it was trained on with all versions that this was made from, and the deployments that serve it now.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: ModelLineageDto })
  get(@Param() { name, version }: VersionParams): Promise<ModelLineage> {
    return this.read.execute(name, version);
  }
}
