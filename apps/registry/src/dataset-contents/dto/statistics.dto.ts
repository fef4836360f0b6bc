import type {
  ClassStatistics,
  ColumnStatistics,
  DatasetStatistics,
  DuplicateStatistics,
  Histogram,
  ImageStatistics,
  NumericStatistics,
  SplitName,
} from '@modelyard/contracts';
import { COLUMN_TYPES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const ROWS_BY_SPLIT = {
  type: 'object',
  additionalProperties: { type: 'integer' },
  example: { train: 1258, validation: 180, test: 359 },
} as const;

export class HistogramDto implements Histogram {
  @ApiProperty({
    description: 'Bin i holds values from edge i to below edge i + 1; the last holds its upper edge too.',
    type: [Number],
    example: [0, 5, 10],
  })
  edges!: number[];

  @ApiProperty({ type: [Number], example: [12, 30] })
  counts!: number[];
}

export class ClassStatisticsDto implements ClassStatistics {
  @ApiProperty({ example: 'setosa' })
  name!: string;

  @ApiProperty({ example: 50 })
  rows!: number;

  @ApiProperty({ example: 0.3333 })
  share!: number;

  @ApiProperty(ROWS_BY_SPLIT)
  splits!: Record<SplitName, number>;
}

class DuplicateExampleDto {
  @ApiProperty({ type: [Number], example: [101, 142] })
  rows!: number[];

  @ApiProperty({ type: [String], example: ['virginica'] })
  labels!: string[];

  @ApiProperty({ type: [String], example: ['train', 'test'] })
  splits!: string[];
}

class DuplicateStatisticsDto implements DuplicateStatistics {
  @ApiProperty({ description: 'Rows beyond the first of each group of equal rows.', example: 1 })
  rows!: number;

  @ApiProperty({ description: 'Contents that appear in more than one split.', example: 1 })
  acrossSplits!: number;

  @ApiProperty({ description: 'Contents that appear under more than one class.', example: 0 })
  conflictingLabels!: number;

  @ApiProperty({ type: [DuplicateExampleDto] })
  examples!: DuplicateExampleDto[];
}

class NumericStatisticsDto implements NumericStatistics {
  @ApiProperty({ example: 4.3 })
  minimum!: number;

  @ApiProperty({ example: 7.9 })
  maximum!: number;

  @ApiProperty({ example: 5.843 })
  mean!: number;

  @ApiProperty({ description: 'Of the sample: n − 1.', type: Number, nullable: true, example: 0.828 })
  standardDeviation!: number | null;

  @ApiProperty({ example: 0 })
  zeros!: number;

  @ApiProperty({ example: 0 })
  negatives!: number;

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      properties: { probability: { type: 'number' }, value: { type: 'number' } },
    },
    example: [{ probability: 0.5, value: 5.8 }],
  })
  quantiles!: { probability: number; value: number }[];

  @ApiProperty({ type: HistogramDto })
  histogram!: HistogramDto;
}

export class ColumnStatisticsDto implements ColumnStatistics {
  @ApiProperty({ example: 'sepal_length' })
  name!: string;

  @ApiProperty({ enum: COLUMN_TYPES, example: 'numeric' })
  type!: ColumnStatistics['type'];

  @ApiProperty({ description: 'Rows without a value.', example: 0 })
  missing!: number;

  @ApiProperty({ example: 0 })
  missingShare!: number;

  @ApiProperty({ example: 35 })
  distinct!: number;

  @ApiProperty({ description: 'Whether `distinct` is exact, or an estimate.', example: true })
  distinctExact!: boolean;

  @ApiProperty({ description: 'One value has at least 99.5 % of the rows.', example: false })
  nearConstant!: boolean;

  @ApiPropertyOptional({
    description: 'How often the class is right when it is guessed from this column alone.',
    type: 'object',
    properties: {
      accuracy: { type: 'number' },
      baseline: { type: 'number' },
      suspected: { type: 'boolean' },
    },
    example: { accuracy: 0.75, baseline: 0.33, suspected: false },
  })
  leak?: { accuracy: number; baseline: number; suspected: boolean };

  @ApiPropertyOptional({ type: NumericStatisticsDto })
  numeric?: NumericStatisticsDto;

  @ApiPropertyOptional({
    description: 'The most frequent values, at most 50.',
    type: 'array',
    items: { type: 'object', properties: { value: { type: 'string' }, rows: { type: 'integer' } } },
  })
  top?: { value: string; rows: number }[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'number' } })
  text?: { minimumLength: number; maximumLength: number; meanLength: number };

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  date?: { minimum: string; maximum: string };

  @ApiPropertyOptional({
    description: 'Mean, standard deviation and missing values of each class, of numeric columns.',
    type: 'object',
    additionalProperties: { type: 'object' },
  })
  perClass?: NonNullable<ColumnStatistics['perClass']>;
}

export class ImageStatisticsDto implements ImageStatistics {
  @ApiProperty({ description: 'Of the files, before they were fitted to the version’s shape.', type: Object })
  widths!: ImageStatistics['widths'];

  @ApiProperty({ type: Object })
  heights!: ImageStatistics['heights'];

  @ApiProperty({ description: 'Files by format.', type: Object, example: { jpeg: 60000 } })
  formats!: Record<string, number>;

  @ApiProperty({ description: 'Files by number of channels.', type: Object, example: { '3': 60000 } })
  channels!: Record<string, number>;

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      properties: { width: { type: 'integer' }, height: { type: 'integer' }, rows: { type: 'integer' } },
    },
  })
  sizes!: ImageStatistics['sizes'];

  @ApiProperty({
    description: 'Of the stored values, by channel.',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
  })
  channelStatistics!: ImageStatistics['channelStatistics'];

  @ApiProperty({ description: 'Mean brightness by class, 0 to 255.', type: Object, example: { cat: 118.2 } })
  classBrightness!: Record<string, number>;
}

export class DatasetStatisticsDto implements DatasetStatistics {
  @ApiProperty({ example: 150 })
  rows!: number;

  @ApiProperty({ type: [ClassStatisticsDto] })
  classes!: ClassStatisticsDto[];

  @ApiProperty(ROWS_BY_SPLIT)
  splits!: Record<SplitName, number>;

  @ApiPropertyOptional({ description: 'Tables only.', type: [ColumnStatisticsDto] })
  columns?: ColumnStatisticsDto[];

  @ApiPropertyOptional({ description: 'Images only.', type: ImageStatisticsDto })
  images?: ImageStatisticsDto;

  @ApiProperty({ type: DuplicateStatisticsDto })
  duplicates!: DuplicateStatisticsDto;
}
