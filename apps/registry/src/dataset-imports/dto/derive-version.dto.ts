import type { DerivationChanges } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';
import { SplitRequestDto } from './import-options.dto';

/** A filter says more than a list of this length. */
const MAX_ROWS = 20_000;
const MAX_ROW = 2_147_483_647;

export class RelabelDto {
  @ApiProperty({ example: 17 })
  @IsInt()
  @Min(0)
  @Max(MAX_ROW)
  row!: number;

  @ApiProperty({ example: 'virginica' })
  @Text(500, 1)
  label!: string;
}

export class DeriveVersionDto implements DerivationChanges {
  @ApiPropertyOptional({
    description: 'Rows that stay, in the filter language of `…/rows`.',
    example: "sepal_length > 4 and label != 'setosa'",
  })
  @Optional()
  @Text(10_000, 1)
  filter?: string;

  @ApiPropertyOptional({ type: [Number], description: 'Rows that go, by their numbers.', example: [3, 17] })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ROWS)
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(MAX_ROW, { each: true })
  drop?: number[];

  @ApiPropertyOptional({ type: [RelabelDto], description: 'New classes of single rows.' })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ROWS)
  @ValidateNested({ each: true })
  @Type(() => RelabelDto)
  relabel?: RelabelDto[];

  @ApiPropertyOptional({ type: SplitRequestDto, description: 'Another division of the same rows.' })
  @Optional()
  @ValidateNested()
  @Type(() => SplitRequestDto)
  split?: SplitRequestDto;
}
