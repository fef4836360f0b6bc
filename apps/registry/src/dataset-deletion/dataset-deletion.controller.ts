import type { Caller, DatasetVersion } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Controller, Delete, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DatasetVersionDto } from '../datasets/dto/dataset.dto';
import { Operation } from '../openapi/operation';
import { DeleteDatasetVersion } from './delete-dataset-version';
import { DeletedVersionParams, DeletionQueryDto } from './dto/deletion.dto';

@ApiTags('Datasets')
@Controller('api/v1/datasets/:name/versions/:version')
export class DatasetDeletionController {
  constructor(private readonly deleteVersion: DeleteDatasetVersion) {}

  @Delete()
  @Requires('editor')
  @Operation({
    summary: 'Delete the content of a version',
    description:
      'The record stays, with who deleted the content, when and why; its number is never given again. Refused while trainings or imports read the version, and while a model that was trained on it is in Staging, in Production or deployed, unless `force` and a `reason` are given. What other versions share is kept.',
    errors: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: DatasetVersionDto, description: 'The record of the deleted version.' })
  delete(
    @Param() params: DeletedVersionParams,
    @Query() query: DeletionQueryDto,
    @CallerOf() caller: Caller,
  ): Promise<DatasetVersion> {
    return this.deleteVersion.execute({ ...params, ...DeletionQueryDto.checked(query) }, caller);
  }
}
