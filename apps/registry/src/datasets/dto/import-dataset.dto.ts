import type { BuiltInDataset, SplitName } from '@modelyard/contracts';
import { BUILT_IN_DATASETS } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { PlainName } from '../../naming/names';
import { Text } from '../../naming/text';
import { Optional } from '../../naming/optional';

export class ImportDatasetDto {
  @ApiProperty({ description: 'The dataset to make, or to add a version to.', example: 'digits' })
  @PlainName()
  name!: string;

  @ApiPropertyOptional({
    description: 'Which of the built-in sets; the one of the same name when absent.',
    enum: BUILT_IN_DATASETS,
    example: 'digits',
  })
  @Optional()
  @IsIn(BUILT_IN_DATASETS)
  builtIn?: BuiltInDataset;

  @ApiPropertyOptional({ description: 'Kept when the dataset is new.', example: 'Handwritten digits' })
  @Optional()
  @Text(5_000)
  description?: string;
}

export class DatasetParams {
  @ApiProperty({ example: 'digits' })
  @PlainName()
  name!: string;
}

export class DatasetVersionParams extends DatasetParams {
  @ApiProperty({ description: 'A version number, or `latest`.', example: 'latest' })
  @Matches(/^([1-9]\d{0,8}|latest)$/, { message: 'version must be a positive number or `latest`' })
  version!: string;

  static number({ version }: DatasetVersionParams): number | 'latest' {
    return version === 'latest' ? 'latest' : Number(version);
  }
}

export class SamplesQueryDto {
  @ApiPropertyOptional({ enum: ['train', 'validation', 'test'], default: 'test' })
  @Optional()
  @IsIn(['train', 'validation', 'test'])
  split: SplitName = 'test';

  @ApiPropertyOptional({
    description: 'Samples of the split to leave out first.',
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
