import type { SplitName } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';
import type { NestedNumbers } from '../samples/nest';
import type { Sample, Samples } from '../samples/read-samples';

export class SamplesQueryDto {
  @ApiPropertyOptional({ enum: SPLIT_NAMES, default: 'test' })
  @Optional()
  @IsIn(SPLIT_NAMES)
  split: SplitName = 'test';

  @ApiPropertyOptional({ description: 'Only samples of this class.', example: '3' })
  @Optional()
  @Text(10_000)
  class?: string;

  @ApiPropertyOptional({
    description: 'Shuffles the samples first: a random choice, the same for the same seed.',
    type: 'integer',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  seed?: number;

  @ApiPropertyOptional({
    description: 'Samples to leave out first.',
    minimum: 0,
    default: 0,
    type: 'integer',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  offset: number = 0;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 20, type: 'integer' })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 20;
}

export class SampleDto implements Sample {
  @ApiProperty({ description: 'The row in the version.', example: 17 })
  index!: number;

  @ApiProperty({ example: '3' })
  label!: string;

  @ApiProperty({
    description: 'Nested as the schema’s shape; null where a table has no value.',
    type: 'array',
    items: {},
    example: [
      [[0], [13]],
      [[5], [16]],
    ],
  })
  value!: NestedNumbers;
}

export class SamplesDto implements Samples {
  @ApiProperty({ type: [SampleDto] })
  items!: SampleDto[];

  @ApiProperty({ description: 'How many samples the split (and class) has.', example: 359 })
  total!: number;
}
