import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@modelyard/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { Optional } from '../naming/optional';

/** The query of every list. */
export class PageQueryDto {
  @ApiPropertyOptional({
    description: 'How many items a page holds.',
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_PAGE_SIZE,
    type: 'integer',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  pageSize: number = DEFAULT_PAGE_SIZE;

  @ApiPropertyOptional({ description: '`nextPageToken` of the page before; absent for the first page.' })
  @Optional()
  @IsString()
  @MaxLength(4096)
  pageToken?: string;
}
