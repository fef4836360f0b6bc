import type { DatasetLineage } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DatasetVersionParams } from '../datasets/dto/dataset-params.dto';
import { Operation } from '../openapi/operation';
import { DatasetLineageDto } from './dto/lineage.dto';
import { LINEAGE_LIMIT } from './lineage.repository';
import { ReadDatasetLineage } from './read-dataset-lineage';

@ApiTags('Datasets')
@Controller('api/v1/datasets/:name/versions/:version/lineage')
export class DatasetLineageController {
  constructor(private readonly read: ReadDatasetLineage) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'See what a version came from, and what came of it',
    description: `The version that it was made from, its import, and the versions, trainings, model versions and deployments that came of it. At most ${LINEAGE_LIMIT} of each. Deleted versions keep theirs.`,
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: DatasetLineageDto })
  get(@Param() params: DatasetVersionParams): Promise<DatasetLineage> {
    return this.read.execute(params.name, DatasetVersionParams.number(params));
  }
}
