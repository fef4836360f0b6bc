import type {
  DataProblem,
  DatasetImport,
  ImportError,
  ImportOptions,
  ImportProgress,
  ImportSource,
  ImportStatus,
} from '@modelyard/contracts';
import { IMPORT_PHASES, IMPORT_STATUSES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PageQueryDto } from '../../listing/page-query.dto';
import { PlainName, RunId } from '../../naming/names';
import { Optional } from '../../naming/optional';

const WHEN = { format: 'date-time', example: '2026-11-02T10:15:00.000Z' } as const;
const FREE = { type: 'object', additionalProperties: true } as const;

export class ImportParams {
  @ApiProperty({ example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  @RunId()
  id!: string;
}

export class ImportsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: IMPORT_STATUSES })
  @Optional()
  @IsIn(IMPORT_STATUSES)
  status?: ImportStatus;

  @ApiPropertyOptional({ description: 'Only imports to this dataset.', example: 'flowers' })
  @Optional()
  @PlainName()
  dataset?: string;
}

export class ImportProgressDto implements ImportProgress {
  @ApiProperty({ enum: IMPORT_PHASES, example: 'reading' })
  phase!: ImportProgress['phase'];

  @ApiProperty({ example: 12_000 })
  done!: number;

  @ApiPropertyOptional({ description: 'Absent where it is not known.', example: 60_000 })
  total?: number;

  @ApiProperty({ enum: ['bytes', 'files', 'rows'], example: 'files' })
  unit!: ImportProgress['unit'];
}

export class DataProblemDto implements DataProblem {
  @ApiPropertyOptional({ example: 'flowers.csv' })
  file?: string;

  @ApiPropertyOptional({ description: 'From 1.', example: 17 })
  line?: number;

  @ApiPropertyOptional({ example: 'sepal_length' })
  column?: string;

  @ApiPropertyOptional({ description: 'What was found, cut to 200 characters.', example: 'abc' })
  value?: string;

  @ApiProperty({ example: 'is no number' })
  message!: string;
}

export class ImportErrorDto implements ImportError {
  @ApiProperty({ example: 'flowers.csv cannot be read.' })
  message!: string;

  @ApiProperty({ type: [DataProblemDto], description: 'The first of them, at most 100.' })
  problems!: DataProblemDto[];

  @ApiProperty({ example: 3 })
  problemCount!: number;
}

export class ImportResultDto {
  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ description: 'False when the dataset had this very content already.', example: true })
  created!: boolean;
}

export class DatasetImportDto implements DatasetImport {
  @ApiProperty({ example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  id!: string;

  @ApiProperty({ example: 'flowers' })
  dataset!: string;

  @ApiProperty({ enum: IMPORT_STATUSES, example: 'running' })
  status!: ImportStatus;

  @ApiProperty({
    ...FREE,
    description: 'Where the samples come from; a URL is shown without its query.',
    example: { type: 'upload', uploads: [{ id: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' }] },
  })
  source!: ImportSource;

  @ApiProperty({ ...FREE, example: { target: 'species' } })
  options!: ImportOptions;

  @ApiPropertyOptional({ description: 'The version that is added to or changed.', example: 1 })
  parentVersion?: number;

  @ApiProperty({ description: 'How often a worker has begun it.', example: 1 })
  attempt!: number;

  @ApiProperty({ example: false })
  cancelRequested!: boolean;

  @ApiPropertyOptional({ type: ImportProgressDto })
  progress?: ImportProgressDto;

  @ApiPropertyOptional({
    type: ImportErrorDto,
    description: 'Why it failed; while it has not ended, why its last attempt did.',
  })
  error?: ImportErrorDto;

  @ApiPropertyOptional({ type: ImportResultDto })
  result?: ImportResultDto;

  @ApiProperty(WHEN)
  createdAt!: string;

  @ApiProperty({ example: 'admin' })
  createdBy!: string;

  @ApiPropertyOptional(WHEN)
  startedAt?: string;

  @ApiPropertyOptional(WHEN)
  endedAt?: string;
}
