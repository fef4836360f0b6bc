import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The class that documents one page of a list, for the OpenAPI document: `DatasetPage` of `DatasetDto`. */
export function pageOf(item: Type): Type {
  class PageDto {
    @ApiProperty({ type: [item] })
    items!: unknown[];

    @ApiPropertyOptional({ description: 'Send it as `pageToken` for the next page; absent on the last.' })
    nextPageToken?: string;
  }
  Object.defineProperty(PageDto, 'name', { value: `${item.name.replace(/Dto$/, '')}Page` });
  return PageDto;
}
