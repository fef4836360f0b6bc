import type { ColumnType, SplitName } from '@modelyard/contracts';
import { COLUMN_TYPES, SPLIT_NAMES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PageQueryDto } from '../../listing/page-query.dto';
import { Optional } from '../../naming/optional';
import { QueryFlag } from '../../naming/query-flag';
import { Text } from '../../naming/text';
import type { DatasetRow, DatasetRows } from '../rows/dataset-rows';
import { MOST_CHARACTERS } from '../rows/dataset-rows';

export const FILTER_HELP =
  'Comparisons (`=`, `!=`, `<`, `<=`, `>`, `>=`), `LIKE`, `ILIKE`, `IN (…)`, `BETWEEN … AND …`, `IS NULL`, each with `NOT`, put together with `AND`, `OR` and parentheses. Columns stand bare, in "double quotes" or in `backticks`; texts and dates in \'single quotes\'. Beside the columns there are `row`, `split` and `label`.';

export class RowsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: FILTER_HELP, example: "age >= 18 AND country IN ('DE', 'FR')" })
  @Optional()
  @Text(10_000, 1)
  filter?: string;

  @ApiPropertyOptional({
    description: 'Columns with commas between them, `-` before those that go down. Missing values come last.',
    example: '-age,name',
  })
  @Optional()
  @Text(5_000, 1)
  sort?: string;

  @ApiPropertyOptional({ description: 'Only rows of this split.', enum: SPLIT_NAMES })
  @Optional()
  @IsIn(SPLIT_NAMES)
  split?: SplitName;

  @ApiPropertyOptional({
    description:
      'The columns to show, with commas between them; those with a comma in "double quotes". All when absent.',
    example: 'age,country',
  })
  @Optional()
  @Text(100_000, 1)
  columns?: string;

  @ApiPropertyOptional({ description: 'Also counts all rows that the filter lets through.', default: false })
  @Optional()
  @QueryFlag()
  total: boolean = false;
}

export class DatasetRowDto implements DatasetRow {
  @ApiProperty({ description: 'The row’s number in the version, from 0.', example: 17 })
  row!: number;

  @ApiProperty({ enum: SPLIT_NAMES, example: 'train' })
  split!: string;

  @ApiProperty({ description: 'The class.', example: 'setosa' })
  label!: string;

  @ApiProperty({
    description: `By column. Of images what is known of the file. Dates in ISO 8601, integers beyond 2^53 as text; texts are cut after ${MOST_CHARACTERS} characters.`,
    type: 'object',
    additionalProperties: true,
    example: { sepal_length: 5.1, sepal_width: 3.5, species: 'setosa' },
  })
  values!: DatasetRow['values'];

  @ApiPropertyOptional({
    description: 'Of images: where the picture is.',
    example: '/api/v1/datasets/digits/versions/1/rows/17/image',
  })
  image?: string;
}

class RowColumnDto {
  @ApiProperty({ example: 'sepal_length' })
  name!: string;

  @ApiProperty({ enum: COLUMN_TYPES, example: 'numeric' })
  type!: ColumnType;
}

export class DatasetRowsDto implements DatasetRows {
  @ApiProperty({ type: [RowColumnDto] })
  columns!: RowColumnDto[];

  @ApiProperty({ type: [DatasetRowDto] })
  items!: DatasetRowDto[];

  @ApiPropertyOptional({ description: 'Send it as `pageToken` for the next page; absent on the last.' })
  nextPageToken?: string;

  @ApiPropertyOptional({ description: 'Of all rows that the filter lets through.', example: 50 })
  total?: number;
}
