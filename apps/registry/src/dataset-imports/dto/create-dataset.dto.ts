import type { BuiltInDataset, SplitName, WellKnownDataset } from '@modelyard/contracts';
import { BUILT_IN_DATASETS, SPLIT_NAMES, WELL_KNOWN_DATASETS } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsObject,
  Matches,
  ValidateNested,
} from 'class-validator';
import { PlainName, RunId } from '../../naming/names';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';
import { ImportOptionsDto } from './import-options.dto';
import { VersionNumber } from './version-number';

/** More files than this come in an archive. */
export const MAX_UPLOADS = 10_000;

export class SourceUploadDto {
  @ApiProperty({ description: 'Of a complete upload.', example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  @RunId()
  id!: string;

  @ApiPropertyOptional({
    description: 'The class of every sample in the file, where the file does not say it.',
    example: 'setosa',
  })
  @Optional()
  @Text(500, 1)
  label?: string;

  @ApiPropertyOptional({ enum: SPLIT_NAMES })
  @Optional()
  @IsIn(SPLIT_NAMES)
  split?: SplitName;
}

export class SourceDto {
  @ApiProperty({ enum: ['upload', 'url', 'well-known'], example: 'url' })
  @IsIn(['upload', 'url', 'well-known'])
  type!: 'upload' | 'url' | 'well-known';

  @ApiPropertyOptional({ type: [SourceUploadDto], description: 'Of `upload`.' })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_UPLOADS)
  @ValidateNested({ each: true })
  @Type(() => SourceUploadDto)
  uploads?: SourceUploadDto[];

  @ApiPropertyOptional({
    description: 'Of `url`: http or https, without user and password.',
    example: 'https://example.org/flowers.zip',
  })
  @Optional()
  @Text(4_096, 1)
  url?: string;

  @ApiPropertyOptional({ description: 'Of `url`: what the content must hash to.', example: 'ab'.repeat(32) })
  @Optional()
  @Matches(/^[0-9a-f]{64}$/i, { message: 'sha256 must be 64 hex digits' })
  sha256?: string;

  @ApiPropertyOptional({ enum: WELL_KNOWN_DATASETS, description: 'Of `well-known`.', example: 'mnist' })
  @Optional()
  @IsIn(WELL_KNOWN_DATASETS)
  name?: WellKnownDataset;
}

export class AppendToDto {
  @ApiProperty({
    description: 'A version number, or `latest`.',
    oneOf: [{ type: 'integer' }, { enum: ['latest'] }],
  })
  @VersionNumber()
  version!: number | 'latest';
}

export class CreateDatasetDto extends ImportOptionsDto {
  @ApiProperty({ description: 'The dataset to make, or to add a version to.', example: 'flowers' })
  @PlainName()
  name!: string;

  @ApiPropertyOptional({
    description: 'One of the sets that come with Modelyard: it is there at once.',
    enum: BUILT_IN_DATASETS,
  })
  @Optional()
  @IsIn(BUILT_IN_DATASETS)
  builtIn?: BuiltInDataset;

  @ApiPropertyOptional({
    type: SourceDto,
    description: 'Where the samples come from. Without it, the well-known set of this name.',
  })
  @Optional()
  @ValidateNested()
  @Type(() => SourceDto)
  source?: SourceDto;

  @ApiPropertyOptional({
    type: AppendToDto,
    description: 'The samples are added to those of this version, which keep their splits.',
  })
  @Optional()
  @ValidateNested()
  @Type(() => AppendToDto)
  append?: AppendToDto;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Checked at the import, and the dataset’s contract once that has succeeded.',
  })
  @Optional()
  @IsObject()
  contract?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'Kept when the dataset is new.', example: 'Photographs of flowers' })
  @Optional()
  @Text(5_000)
  description?: string;
}

export class AppendSamplesDto extends ImportOptionsDto {
  @ApiProperty({ type: SourceDto })
  @IsDefined()
  @ValidateNested()
  @Type(() => SourceDto)
  source!: SourceDto;
}
