import type { ColumnComparison, DatasetComparison } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { DatasetVersionParams } from '../../datasets/dto/dataset-params.dto';

export class ComparisonParams extends DatasetVersionParams {
  @ApiProperty({ description: 'The version that it is compared with, or `latest`.', example: 'latest' })
  @Matches(/^([1-9]\d{0,8}|latest)$/, { message: 'other must be a positive number or `latest`' })
  other!: string;

  static both(params: ComparisonParams): [number | 'latest', number | 'latest'] {
    return [
      DatasetVersionParams.number(params),
      DatasetVersionParams.number({ name: params.name, version: params.other }),
    ];
  }
}

const OF_BOTH = {
  type: 'object',
  properties: { from: { type: 'number' }, to: { type: 'number' } },
  example: { from: 0.02, to: 0.31 },
} as const;

class ColumnComparisonDto implements ColumnComparison {
  @ApiProperty({ example: 'age' })
  name!: string;

  @ApiProperty({ description: 'A column’s type, or `pixels`.', example: 'integer' })
  type!: ColumnComparison['type'];

  @ApiProperty({
    description: 'Population stability index over the bins of `from`.',
    type: Number,
    nullable: true,
    example: 0.07,
  })
  psi!: number | null;

  @ApiProperty({
    description: 'Jensen–Shannon distance (base 2), 0 to 1.',
    type: Number,
    nullable: true,
    example: 0.11,
  })
  jensenShannon!: number | null;

  @ApiProperty({
    description: 'The same bins (or values) for both. Shares, 0 to 1.',
    type: 'array',
    items: {
      type: 'object',
      properties: { label: { type: 'string' }, from: { type: 'number' }, to: { type: 'number' } },
    },
    example: [{ label: '20 – 30', from: 0.4, to: 0.35 }],
  })
  bins!: ColumnComparison['bins'];

  @ApiPropertyOptional(OF_BOTH)
  mean?: { from: number; to: number };

  @ApiPropertyOptional(OF_BOTH)
  missingShare?: { from: number; to: number };
}

class SchemaComparisonDto {
  @ApiProperty({ type: [String], example: ['height'] })
  columnsAdded!: string[];

  @ApiProperty({ type: [String], example: [] })
  columnsRemoved!: string[];

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      properties: { column: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
    },
    example: [{ column: 'age', from: 'numeric', to: 'integer' }],
  })
  typesChanged!: DatasetComparison['schema']['typesChanged'];

  @ApiProperty({ type: [String], example: [] })
  classesAdded!: string[];

  @ApiProperty({ type: [String], example: [] })
  classesRemoved!: string[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  shape?: { from: number[]; to: number[] };
}

class RowsComparisonDto {
  @ApiProperty({ example: 1000 })
  from!: number;

  @ApiProperty({ example: 1100 })
  to!: number;

  @ApiProperty({ example: 990 })
  unchanged!: number;

  @ApiProperty({ example: 105 })
  added!: number;

  @ApiProperty({ example: 5 })
  removed!: number;

  @ApiProperty({ description: 'In both, with another class.', example: 5 })
  relabelled!: number;
}

export class DatasetComparisonDto implements DatasetComparison {
  @ApiProperty({ example: 'people' })
  dataset!: string;

  @ApiProperty({ example: 1 })
  from!: number;

  @ApiProperty({ example: 2 })
  to!: number;

  @ApiProperty({ example: false })
  sameContent!: boolean;

  @ApiProperty({ type: SchemaComparisonDto })
  schema!: SchemaComparisonDto;

  @ApiProperty({ type: RowsComparisonDto })
  rows!: RowsComparisonDto;

  @ApiProperty({
    description: 'Some of the relabelled rows, by their numbers in both.',
    type: 'array',
    items: {
      type: 'object',
      properties: {
        fromRow: { type: 'integer' },
        toRow: { type: 'integer' },
        from: { type: 'string' },
        to: { type: 'string' },
      },
    },
  })
  relabelledExamples!: DatasetComparison['relabelledExamples'];

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      properties: { name: { type: 'string' }, from: { type: 'integer' }, to: { type: 'integer' } },
    },
    example: [{ name: 'yes', from: 500, to: 520 }],
  })
  classes!: DatasetComparison['classes'];

  @ApiProperty({ type: [ColumnComparisonDto] })
  columns!: ColumnComparisonDto[];
}
