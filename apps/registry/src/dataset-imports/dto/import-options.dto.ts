import type { ImportFormat, ImportOptions, SplitMethod, SplitName } from '@modelyard/contracts';
import { COLUMN_ROLES, COLUMN_TYPES, IMPORT_FORMATS, SPLIT_METHODS } from '@modelyard/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { Optional } from '../../naming/optional';
import { EachText, Text } from '../../naming/text';
import { ColumnChoices } from './column-choices';
import { Fractions } from './fractions';

const ENCODINGS = ['utf-8', 'utf-16', 'latin-1'] as const;
const FITS = ['cover', 'contain', 'stretch'] as const;
const BAD_ROWS = ['reject', 'quarantine', 'warn'] as const;
/** As wide and high as a stored sample may be. */
const MAX_SIDE = 4_096;

export class CsvOptionsDto {
  @ApiPropertyOptional({ description: 'Found by the content when absent.', example: ';' })
  @Optional()
  @Text(4, 1)
  delimiter?: string;

  @ApiPropertyOptional({ example: '"' })
  @Optional()
  @Text(1, 1)
  quote?: string;

  @ApiPropertyOptional({ description: 'Whether the first line names the columns.', example: true })
  @Optional()
  @IsBoolean()
  header?: boolean;

  @ApiPropertyOptional({ enum: ENCODINGS, description: 'Found by the content when absent.' })
  @Optional()
  @IsIn(ENCODINGS)
  encoding?: (typeof ENCODINGS)[number];

  @ApiPropertyOptional({
    type: [String],
    description: 'Texts that stand for no value, besides the empty one.',
    example: ['NA', '?'],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @EachText(200)
  nullValues?: string[];
}

export class ImageOptionsDto {
  @ApiPropertyOptional({ minimum: 1, maximum: MAX_SIDE, type: 'integer', example: 32 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_SIDE)
  width?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: MAX_SIDE, type: 'integer', example: 32 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MAX_SIDE)
  height?: number;

  @ApiPropertyOptional({ enum: [1, 3], description: 'Grey, or red, green and blue.', example: 3 })
  @Optional()
  @IsIn([1, 3])
  channels?: 1 | 3;

  @ApiPropertyOptional({
    enum: FITS,
    default: 'cover',
    description:
      'How images of other sizes are fitted: `cover` cuts, `contain` pads with black, `stretch` distorts.',
  })
  @Optional()
  @IsIn(FITS)
  fit?: (typeof FITS)[number];
}

export class SplitRequestDto {
  @ApiPropertyOptional({
    enum: SPLIT_METHODS,
    description: '`given` where the files say it, else `stratified`.',
  })
  @Optional()
  @IsIn(SPLIT_METHODS)
  method?: SplitMethod;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, example: 1 })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  seed?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { train: 0.7, validation: 0.1, test: 0.2 },
  })
  @Optional()
  @Fractions()
  fractions?: Record<SplitName, number>;

  @ApiPropertyOptional({
    description: 'The column that groups (`grouped`) or orders (`time`).',
    example: 'patient',
  })
  @Optional()
  @Text(1_000, 1)
  column?: string;
}

export class OriginDto {
  @ApiPropertyOptional({ example: 'Fisher’s iris flowers' })
  @Optional()
  @Text(5_000)
  description?: string;

  @ApiPropertyOptional({ example: 'CC-BY-4.0' })
  @Optional()
  @Text(500)
  licence?: string;

  @ApiPropertyOptional({ example: 'https://archive.ics.uci.edu/dataset/53' })
  @Optional()
  @Text(2_000)
  url?: string;
}

export class ImportOptionsDto implements ImportOptions {
  @ApiPropertyOptional({ enum: IMPORT_FORMATS, description: 'Found by the content when absent.' })
  @Optional()
  @IsIn(IMPORT_FORMATS)
  format?: ImportFormat;

  @ApiPropertyOptional({
    description:
      'Tables: the column that holds the class. By default `label`, `target`, `class`, `species` or `y`, else the last.',
    example: 'species',
  })
  @Optional()
  @Text(1_000, 1)
  target?: string;

  @ApiPropertyOptional({
    description: `Tables: what is known better than it can be inferred. Types: ${COLUMN_TYPES.join(', ')}; roles: ${COLUMN_ROLES.join(', ')}.`,
    type: 'object',
    additionalProperties: { type: 'object' },
    example: { patient: { role: 'group' }, zip: { type: 'categorical' } },
  })
  @Optional()
  @ColumnChoices()
  columns?: NonNullable<ImportOptions['columns']>;

  @ApiPropertyOptional({ type: CsvOptionsDto })
  @Optional()
  @ValidateNested()
  @Type(() => CsvOptionsDto)
  csv?: CsvOptionsDto;

  @ApiPropertyOptional({ type: ImageOptionsDto })
  @Optional()
  @ValidateNested()
  @Type(() => ImageOptionsDto)
  image?: ImageOptionsDto;

  @ApiPropertyOptional({ type: SplitRequestDto })
  @Optional()
  @ValidateNested()
  @Type(() => SplitRequestDto)
  split?: SplitRequestDto;

  @ApiPropertyOptional({
    enum: BAD_ROWS,
    default: 'reject',
    description:
      'Samples that cannot be read: `reject` the import, keep them aside (`quarantine`), or leave them out (`warn`).',
  })
  @Optional()
  @IsIn(BAD_ROWS)
  badRows?: (typeof BAD_ROWS)[number];

  @ApiPropertyOptional({ type: OriginDto })
  @Optional()
  @ValidateNested()
  @Type(() => OriginDto)
  origin?: OriginDto;
}
