import type { Caller, Dataset } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Param, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DatasetParams } from '../datasets/dto/dataset-params.dto';
import { DatasetDto } from '../datasets/dto/dataset.dto';
import { Operation } from '../openapi/operation';
import { DescribeDataset } from './describe-dataset';
import { DescribeDatasetDto } from './dto/describe-dataset.dto';

@ApiTags('Datasets')
@Controller('api/v1/datasets/:name')
export class DatasetDescriptionController {
  constructor(private readonly describeDataset: DescribeDataset) {}

  @Patch()
  @Requires('editor')
  @Operation({
    summary: 'Change a dataset',
    description: 'Its description; what is in a version never changes.',
    errors: ['NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: DatasetDto })
  describe(
    @Param() { name }: DatasetParams,
    @Body() { description }: DescribeDatasetDto,
    @CallerOf() caller: Caller,
  ): Promise<Dataset> {
    return this.describeDataset.execute(name, description, caller);
  }
}
