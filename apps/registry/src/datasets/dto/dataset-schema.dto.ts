import type { DatasetColumn, DatasetSchema, DatasetSplit, SplitName } from '@modelyard/contracts';
import { COLUMN_ROLES, COLUMN_TYPES, SPLIT_METHODS } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class DatasetColumnDto implements DatasetColumn {
  @ApiProperty({ example: 'age' })
  name!: string;

  @ApiProperty({ enum: COLUMN_TYPES, example: 'integer' })
  type!: DatasetColumn['type'];

  @ApiProperty({
    enum: COLUMN_ROLES,
    description:
      '`group` keeps its rows in one split, `time` orders the rows of a split by time, `ignore` is only kept.',
    example: 'feature',
  })
  role!: DatasetColumn['role'];

  @ApiProperty({ description: 'Some rows have no value here.', example: false })
  nullable!: boolean;
}

export class DatasetSchemaDto implements DatasetSchema {
  @ApiProperty({ enum: ['image', 'table'], example: 'image' })
  kind!: DatasetSchema['kind'];

  @ApiProperty({
    description: 'Of one sample: [height, width, channels], or [numeric features].',
    type: [Number],
    example: [8, 8, 1],
  })
  shape!: number[];

  @ApiProperty({ enum: ['uint8', 'float32'], example: 'uint8' })
  dtype!: DatasetSchema['dtype'];

  @ApiPropertyOptional({
    description: 'Tables only: the features that are numbers, in order.',
    type: [String],
  })
  columns?: string[];

  @ApiPropertyOptional({
    description: 'Tables only: all columns, in the order of the file.',
    type: [DatasetColumnDto],
  })
  fields?: DatasetColumnDto[];

  @ApiProperty({ description: 'What is to be predicted.', example: 'digit' })
  target!: string;

  @ApiProperty({ type: [String], example: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] })
  classes!: string[];

  @ApiProperty({ description: 'The least value that a sample holds, inclusive.', example: 0 })
  minimum!: number;

  @ApiProperty({ description: 'The greatest value that a sample holds, inclusive.', example: 16 })
  maximum!: number;
}

export class DatasetSplitDto implements DatasetSplit {
  @ApiProperty({ enum: SPLIT_METHODS, example: 'stratified' })
  method!: DatasetSplit['method'];

  @ApiProperty({ example: 1 })
  seed!: number;

  @ApiProperty({
    description: 'What was asked for.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { train: 0.7, validation: 0.1, test: 0.2 },
  })
  fractions!: Record<SplitName, number>;

  @ApiPropertyOptional({
    description: 'Of `grouped` and `time`: the column that decides.',
    example: 'patient',
  })
  column?: string;

  @ApiProperty({
    description: 'What came of it, in rows.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { train: 1258, validation: 180, test: 359 },
  })
  counts!: Record<SplitName, number>;
}
