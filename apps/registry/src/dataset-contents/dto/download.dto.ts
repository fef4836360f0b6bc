import type { SplitName } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';
import type { DownloadFormat } from '../download/download-version';
import { DOWNLOAD_FORMATS } from '../download/download-version';
import type { RowFormat } from '../download/write-rows';
import { FILTER_HELP } from './rows.dto';

const ROW_FORMATS = ['csv', 'jsonl', 'parquet'] as const;

export class DownloadQueryDto {
  @ApiPropertyOptional({
    description:
      '`original`: as it came in, several files as one archive. `parquet`, `csv`, `jsonl`: rows with their split; of images what is known of each. `zip`: images as `split/class/row.png`. When absent `original` where it was kept, else `zip` for images and `parquet` for tables.',
    enum: DOWNLOAD_FORMATS,
  })
  @Optional()
  @IsIn(DOWNLOAD_FORMATS)
  format?: DownloadFormat;

  @ApiPropertyOptional({ description: FILTER_HELP, example: 'age >= 18' })
  @Optional()
  @Text(10_000, 1)
  filter?: string;

  @ApiPropertyOptional({ description: 'Only rows of this split.', enum: SPLIT_NAMES })
  @Optional()
  @IsIn(SPLIT_NAMES)
  split?: SplitName;
}

export class QuarantineQueryDto {
  @ApiPropertyOptional({ enum: ROW_FORMATS, default: 'csv' })
  @Optional()
  @IsIn(ROW_FORMATS)
  format: RowFormat = 'csv';
}
