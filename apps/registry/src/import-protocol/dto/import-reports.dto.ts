import type {
  DataProblem,
  ImportCheckpoint,
  ImportError,
  ImportPhase,
  ImportProgress,
} from '@modelyard/contracts';
import { IMPORT_PHASES } from '@modelyard/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';

export class StartImportDto {
  @Text(200, 1)
  attemptId!: string;
}

class ImportProgressReportedDto implements ImportProgress {
  @IsIn(IMPORT_PHASES)
  phase!: ImportPhase;

  @IsNumber()
  @Min(0)
  done!: number;

  @Optional()
  @IsNumber()
  @Min(0)
  total?: number;

  @IsIn(['bytes', 'files', 'rows'])
  unit!: ImportProgress['unit'];
}

export class ImportProgressReportDto {
  @Optional()
  @ValidateNested()
  @Type(() => ImportProgressReportedDto)
  progress?: ImportProgressReportedDto;

  @Optional()
  @IsObject()
  checkpoint?: ImportCheckpoint;

  @Optional()
  @IsString()
  @MaxLength(10_000)
  log?: string;
}

/** What people's data brings along is no reason to refuse the report about it: it may hold any text. */
class DataProblemReportedDto implements DataProblem {
  @Optional()
  @IsString()
  file?: string;

  @Optional()
  @IsInt()
  line?: number;

  @Optional()
  @IsString()
  column?: string;

  @Optional()
  @IsString()
  value?: string;

  @IsString()
  message!: string;
}

class ImportErrorReportedDto implements ImportError {
  @IsString()
  @MaxLength(100_000)
  message!: string;

  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => DataProblemReportedDto)
  problems!: DataProblemReportedDto[];

  @IsInt()
  @Min(0)
  problemCount!: number;
}

export class FailImportDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => ImportErrorReportedDto)
  error!: ImportErrorReportedDto;

  @IsBoolean()
  retriable!: boolean;
}
