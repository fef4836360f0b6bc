import type { BuiltInDataset } from '@modelyard/contracts';
import { BUILT_IN_DATASETS } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
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
