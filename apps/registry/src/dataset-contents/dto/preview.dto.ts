import type { ImageStatistics, SplitName } from '@modelyard/contracts';
import { COLUMN_TYPES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { Optional } from '../../naming/optional';
import type { DatasetPreview, PreviewedClass, PreviewedColumn } from '../preview/preview';
import { DatasetRowDto } from './rows.dto';
import { ClassStatisticsDto, HistogramDto } from './statistics.dto';

export class PreviewQueryDto {
  @ApiPropertyOptional({
    description: 'Samples of each class.',
    minimum: 0,
    maximum: 20,
    default: 5,
    type: 'integer',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(20)
  perClass: number = 5;

  @ApiPropertyOptional({ description: 'Another seed shows other samples.', default: 0, type: 'integer' })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  seed: number = 0;

  @ApiPropertyOptional({
    description: 'Of thumbnails: pixels of the longer side.',
    minimum: 1,
    maximum: 512,
    default: 96,
    type: 'integer',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(512)
  size: number = 96;
}

class PreviewedClassDto extends ClassStatisticsDto implements PreviewedClass {
  @ApiProperty({ type: [DatasetRowDto] })
  samples!: DatasetRowDto[];
}

class PreviewedColumnDto implements PreviewedColumn {
  @ApiProperty({ example: 'sepal_length' })
  name!: string;

  @ApiProperty({ enum: COLUMN_TYPES, example: 'numeric' })
  type!: PreviewedColumn['type'];

  @ApiProperty({ description: 'Rows without a value.', example: 0 })
  missing!: number;

  @ApiProperty({ example: 0 })
  missingShare!: number;

  @ApiProperty({ example: 35 })
  distinct!: number;

  @ApiProperty({ example: false })
  nearConstant!: boolean;

  @ApiPropertyOptional({ description: 'Of numbers.', type: HistogramDto })
  histogram?: HistogramDto;

  @ApiPropertyOptional({
    description: 'The most frequent values, at most 10.',
    type: 'array',
    items: { type: 'object', properties: { value: { type: 'string' }, rows: { type: 'integer' } } },
  })
  top?: { value: string; rows: number }[];
}

export class DatasetPreviewDto implements DatasetPreview {
  @ApiProperty({ example: 'digits' })
  dataset!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ enum: ['image', 'table'], example: 'image' })
  kind!: DatasetPreview['kind'];

  @ApiProperty({ example: 1797 })
  rows!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  splits!: Record<SplitName, number>;

  @ApiProperty({ description: 'The first 100, with some samples each.', type: [PreviewedClassDto] })
  classes!: PreviewedClassDto[];

  @ApiProperty({ example: 10 })
  classCount!: number;

  @ApiPropertyOptional({ description: 'Tables: the first 200.', type: [PreviewedColumnDto] })
  columns?: PreviewedColumnDto[];

  @ApiPropertyOptional({ example: 5 })
  columnCount?: number;

  @ApiPropertyOptional({ description: 'Images only.', type: 'object', additionalProperties: true })
  images?: Pick<ImageStatistics, 'widths' | 'heights' | 'formats' | 'classBrightness'>;
}
