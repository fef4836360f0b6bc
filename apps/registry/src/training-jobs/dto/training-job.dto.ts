import type {
  Recipe,
  TrainingJob,
  TrainingJobStatus,
  TrainingProgress,
  TrainingResult,
} from '@modelyard/contracts';
import { TRAINING_JOB_STATUSES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PageQueryDto } from '../../listing/page-query.dto';
import { DatasetReferenceDto } from '../../model-versions/dto/model-version.dto';
import { RunId } from '../../naming/names';
import { Optional } from '../../naming/optional';

const WHEN = { format: 'date-time', example: '2026-11-02T10:15:00.000Z' } as const;
const NUMBERS = { type: 'object', additionalProperties: { type: 'number' } } as const;

export class TrainingJobParams {
  @ApiProperty({ example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  @RunId()
  id!: string;
}

export class TrainingJobsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: TRAINING_JOB_STATUSES })
  @Optional()
  @IsIn(TRAINING_JOB_STATUSES)
  status?: TrainingJobStatus;
}

export class TrainingProgressDto implements TrainingProgress {
  @ApiProperty({ example: 3 })
  epoch!: number;

  @ApiProperty({ example: 30 })
  epochs!: number;

  @ApiProperty({ ...NUMBERS, example: { loss: 0.3, accuracy: 0.91, val_loss: 0.21, val_accuracy: 0.94 } })
  metrics!: Record<string, number>;

  @ApiPropertyOptional({ example: 12.5 })
  secondsLeft?: number;
}

export class TrainedVersionDto {
  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty({ example: 1 })
  version!: number;
}

export class TrainingResultDto implements TrainingResult {
  @ApiProperty({ ...NUMBERS, description: 'On the held-out split.', example: { test_accuracy: 0.986 } })
  metrics!: Record<string, number>;

  @ApiProperty({ description: 'SHA-256 over the trained weights.', example: '9f86d081884c7d65…' })
  weightsDigest!: string;

  @ApiProperty({ example: 'tensorflow' })
  backend!: string;

  @ApiPropertyOptional({ type: TrainedVersionDto, description: 'Absent when nothing was registered.' })
  model?: TrainedVersionDto;
}

export class TrainingJobDto implements TrainingJob {
  @ApiProperty({ description: 'The id of its run, too.', example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  id!: string;

  @ApiProperty({ enum: TRAINING_JOB_STATUSES, example: 'running' })
  status!: TrainingJobStatus;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'With all defaults filled in.' })
  recipe!: Recipe;

  @ApiProperty({ type: DatasetReferenceDto })
  dataset!: DatasetReferenceDto;

  @ApiProperty({ description: 'How often a worker has begun it.', example: 1 })
  attempt!: number;

  @ApiProperty({ example: false })
  cancelRequested!: boolean;

  @ApiPropertyOptional({ type: TrainingProgressDto })
  progress?: TrainingProgressDto;

  @ApiPropertyOptional({
    description: 'Why it failed.',
    example: 'The training diverged: loss is NaN in epoch 2.',
  })
  error?: string;

  @ApiPropertyOptional({ type: TrainingResultDto })
  result?: TrainingResultDto;

  @ApiProperty(WHEN)
  createdAt!: string;

  @ApiProperty({ example: 'admin' })
  createdBy!: string;

  @ApiPropertyOptional(WHEN)
  startedAt?: string;

  @ApiPropertyOptional(WHEN)
  endedAt?: string;
}
