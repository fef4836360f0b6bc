import type {
  RunArtifact,
  SucceedTraining,
  TrainingCheckpoint,
  TrainingProgress,
} from '@modelyard/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PackageFileDto, SignatureDto } from '../../model-versions/dto/signature.dto';
import { ModelName } from '../../naming/names';
import { Optional } from '../../naming/optional';
import { TextMap } from '../../naming/tags';
import { Text } from '../../naming/text';
import { NumberMap } from './number-map';

const REPORTED = { maxEntries: 1_000, maxKey: 250, maxValue: 8_000 };
const MAX_FILES = 10_000;

class ProgressDto implements TrainingProgress {
  @IsInt()
  @Min(0)
  epoch!: number;

  @IsInt()
  @Min(0)
  epochs!: number;

  @NumberMap()
  metrics!: Record<string, number>;

  @Optional()
  @IsNumber()
  secondsLeft?: number;
}

export class ProgressReportDto {
  @Optional()
  @ValidateNested()
  @Type(() => ProgressDto)
  progress?: ProgressDto;

  /** Read by hand: see `readMetricPoints`. */
  @IsDefined()
  metrics!: unknown;

  @TextMap(REPORTED)
  params!: Record<string, string>;

  @TextMap(REPORTED)
  tags!: Record<string, string>;
}

class ArtifactDto implements RunArtifact {
  @Text(1_000, 1)
  path!: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  size!: number;

  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  @Text(255, 1)
  mediaType!: string;
}

export class ArtifactsReportDto {
  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @ValidateNested({ each: true })
  @Type(() => ArtifactDto)
  artifacts!: ArtifactDto[];
}

class CheckpointDto implements TrainingCheckpoint {
  @IsInt()
  @Min(0)
  epoch!: number;

  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  size!: number;
}

export class CheckpointReportDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => CheckpointDto)
  checkpoint!: CheckpointDto;
}

class RegistrationDto {
  @ModelName()
  model!: string;

  @IsIn(['None', 'Staging', 'Production'])
  stage!: 'None' | 'Staging' | 'Production';

  @IsDefined()
  @ValidateNested()
  @Type(() => SignatureDto)
  signature!: SignatureDto;

  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @ValidateNested({ each: true })
  @Type(() => PackageFileDto)
  package!: PackageFileDto[];
}

export class SucceedTrainingDto extends ArtifactsReportDto implements SucceedTraining {
  @NumberMap()
  metrics!: Record<string, number>;

  @Text(255, 1)
  weightsDigest!: string;

  @Text(100, 1)
  backend!: string;

  @Optional()
  @ValidateNested()
  @Type(() => RegistrationDto)
  register?: RegistrationDto;

  @Optional()
  @Text(8_000)
  refusal?: string;
}

export class FailTrainingDto {
  @Text(100_000)
  error!: string;

  @IsBoolean()
  retriable!: boolean;
}
