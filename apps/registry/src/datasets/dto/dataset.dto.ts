import type { Dataset, DatasetVersion, DatasetWarning, DerivationOperation } from '@modelyard/contracts';
import { DERIVATION_OPERATIONS } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DatasetSchemaDto, DatasetSplitDto } from './dataset-schema.dto';

export class DatasetDto implements Dataset {
  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty({ enum: ['image', 'table'], example: 'image' })
  kind!: Dataset['kind'];

  @ApiProperty({ example: 'Handwritten digits, 8×8 grey levels' })
  description!: string;

  @ApiProperty({ example: 1 })
  latestVersion!: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;

  @ApiProperty({ example: 'admin' })
  createdBy!: string;
}

export class BlobReferenceDto {
  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;

  @ApiProperty({ description: 'Bytes.', example: 117_412 })
  size!: number;
}

export class DatasetSourceDto {
  @ApiProperty({ example: 'Optical recognition of handwritten digits' })
  description!: string;

  @ApiProperty({ example: 'CC-BY-4.0' })
  licence!: string;

  @ApiPropertyOptional({ example: 'https://archive.ics.uci.edu/dataset/80' })
  url?: string;
}

export class DatasetWarningDto implements DatasetWarning {
  @ApiProperty({
    enum: [
      'duplicates',
      'duplicates-across-splits',
      'conflicting-labels',
      'near-constant-column',
      'label-leak',
      'missing-values',
      'small-class',
      'resized-images',
      'dropped-rows',
      'contract-violation',
      'other',
    ],
    example: 'duplicates-across-splits',
  })
  code!: DatasetWarning['code'];

  @ApiProperty({ example: '12 samples are in more than one split.' })
  message!: string;

  @ApiPropertyOptional({ description: 'Rows or columns that it concerns.', example: 12 })
  count?: number;

  @ApiPropertyOptional({ type: [String] })
  columns?: string[];
}

class VersionParentDto {
  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ enum: DERIVATION_OPERATIONS, example: 'append' })
  operation!: DerivationOperation;
}

class VersionContractDto {
  @ApiProperty({ example: 3 })
  revision!: number;

  @ApiProperty({ enum: ['passed', 'warned', 'quarantined'], example: 'passed' })
  outcome!: 'passed' | 'warned' | 'quarantined';

  @ApiProperty({ description: 'Rules that were broken.', example: 0 })
  violations!: number;
}

class DeletedDto {
  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  at!: string;

  @ApiProperty({ example: 'admin' })
  by!: string;

  @ApiProperty({ example: 'Request for erasure 2026-17' })
  reason!: string;
}

export class DatasetVersionDto implements DatasetVersion {
  @ApiProperty({ example: 'digits' })
  dataset!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({
    description: 'Over the content, not over its order or the container that it came in.',
    example: 'sha256:9f86d081884c7d659a2feaa0c55ad015…',
  })
  digest!: string;

  @ApiProperty({ type: DatasetSchemaDto })
  schema!: DatasetSchemaDto;

  @ApiProperty({ example: 1797 })
  rows!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { '0': 178, '1': 182 } })
  classCounts!: Record<string, number>;

  @ApiProperty({ type: DatasetSplitDto })
  split!: DatasetSplitDto;

  @ApiProperty({ description: 'The version’s manifest in the artifact store.', type: BlobReferenceDto })
  blob!: BlobReferenceDto;

  @ApiProperty({
    description: 'Bytes of all that the version consists of, what it shares with others too.',
    example: 181_204,
  })
  storedBytes!: number;

  @ApiProperty({ type: DatasetSourceDto })
  source!: DatasetSourceDto;

  @ApiProperty({
    description: 'What people should know, and what does not keep the version from being used.',
    type: [DatasetWarningDto],
  })
  warnings!: DatasetWarningDto[];

  @ApiPropertyOptional({ description: 'The version that this one was made from.', type: VersionParentDto })
  parent?: VersionParentDto;

  @ApiProperty({ description: 'Rows that were kept aside at the import.', example: 0 })
  quarantinedRows!: number;

  @ApiPropertyOptional({
    description: 'How it stood against the dataset’s contract.',
    type: VersionContractDto,
  })
  contract?: VersionContractDto;

  @ApiPropertyOptional({ description: 'The import that it came of.' })
  importId?: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;

  @ApiProperty({ example: 'admin' })
  createdBy!: string;

  @ApiPropertyOptional({
    description: 'A deleted version keeps its record, and has no content any more.',
    type: DeletedDto,
  })
  deleted?: DeletedDto;
}
