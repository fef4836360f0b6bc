import type { Dataset, DatasetSchema, DatasetSplit, DatasetVersion, SplitName } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { NestedNumbers, Sample } from '../read-samples';

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

export class DatasetSchemaDto implements DatasetSchema {
  @ApiProperty({ enum: ['image', 'table'], example: 'image' })
  kind!: DatasetSchema['kind'];

  @ApiProperty({ description: 'Of one sample: [height, width, channels], or [columns].', example: [8, 8, 1] })
  shape!: number[];

  @ApiProperty({ enum: ['uint8', 'float32'], example: 'uint8' })
  dtype!: DatasetSchema['dtype'];

  @ApiPropertyOptional({ description: 'Tables only: the columns in order.', type: [String] })
  columns?: string[];

  @ApiProperty({ description: 'What is to be predicted.', example: 'digit' })
  target!: string;

  @ApiProperty({ example: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] })
  classes!: string[];

  @ApiProperty({ description: 'The least value that a sample holds, inclusive.', example: 0 })
  minimum!: number;

  @ApiProperty({ description: 'The greatest value that a sample holds, inclusive.', example: 16 })
  maximum!: number;
}

export class DatasetSplitDto implements DatasetSplit {
  @ApiProperty({ example: 1 })
  seed!: number;

  @ApiProperty({ example: { train: 0.7, validation: 0.1, test: 0.2 } })
  fractions!: Record<SplitName, number>;

  @ApiProperty({ example: { train: 1258, validation: 180, test: 359 } })
  counts!: Record<SplitName, number>;
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

export class DatasetVersionDto implements DatasetVersion {
  @ApiProperty({ example: 'digits' })
  dataset!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ description: 'Over the content.', example: 'sha256:9f86d081884c7d659a2feaa0c55ad015…' })
  digest!: string;

  @ApiProperty({ type: DatasetSchemaDto })
  schema!: DatasetSchemaDto;

  @ApiProperty({ example: 1797 })
  rows!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { '0': 178, '1': 182 } })
  classCounts!: Record<string, number>;

  @ApiProperty({ type: DatasetSplitDto })
  split!: DatasetSplitDto;

  @ApiProperty({ type: BlobReferenceDto })
  blob!: BlobReferenceDto;

  @ApiProperty({ type: DatasetSourceDto })
  source!: DatasetSourceDto;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;

  @ApiProperty({ example: 'admin' })
  createdBy!: string;
}

export class SampleDto implements Sample {
  @ApiProperty({ description: 'The row in the version.', example: 17 })
  index!: number;

  @ApiProperty({ example: '3' })
  label!: string;

  @ApiProperty({
    description: 'Nested as the schema’s shape.',
    type: 'array',
    items: {},
    example: [
      [[0], [13]],
      [[5], [16]],
    ],
  })
  value!: NestedNumbers;
}

export class SamplesDto {
  @ApiProperty({ type: [SampleDto] })
  items!: SampleDto[];

  @ApiProperty({ description: 'How many samples the split has.', example: 359 })
  total!: number;
}
