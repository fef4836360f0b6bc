import type { DeploymentTarget, Stage } from '@modelyard/contracts';
import { STAGES } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  Equals,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Alias, ModelName, PlainName } from '../../naming/names';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';

export class DeploymentParams {
  @ApiProperty({ example: 'digits' })
  @PlainName()
  name!: string;
}

/** Exactly one of `version`, `stage` and `alias`. */
export class DeploymentTargetDto {
  @ApiProperty({ example: 'digits' })
  @ModelName()
  model!: string;

  @ApiPropertyOptional({ description: 'This version, always.', example: 1 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;

  @ApiPropertyOptional({ description: 'The newest version in this stage, whatever it is.', enum: STAGES })
  @Optional()
  @IsIn(STAGES)
  stage?: Stage;

  @ApiPropertyOptional({
    description: 'The version that this alias points at, whatever it is.',
    example: 'champion',
  })
  @Optional()
  @Alias()
  alias?: string;

  static toTarget({ model, version, stage, alias }: DeploymentTargetDto): DeploymentTarget {
    const given: DeploymentTarget[] = [];
    if (version !== undefined) given.push({ model, version });
    if (stage !== undefined) given.push({ model, stage });
    if (alias !== undefined) given.push({ model, alias });
    const [target] = given;
    if (target !== undefined && given.length === 1) return target;
    const message = 'must have exactly one of `version`, `stage` and `alias`';
    throw new AppError('VALIDATION_FAILED', `target ${message}`, { fields: [{ path: 'target', message }] });
  }
}

const REASON = { description: 'For the list of revisions.', example: 'first version in production' };

export class CreateDeploymentDto {
  @ApiProperty({ description: 'The public name.', example: 'digits' })
  @PlainName()
  name!: string;

  @ApiProperty({ type: DeploymentTargetDto, example: { model: 'digits', stage: 'Production' } })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => DeploymentTargetDto)
  target!: DeploymentTargetDto;

  @ApiPropertyOptional({
    description: 'Whether it answers `POST /predict`. When absent, the first deployment does.',
    example: true,
  })
  @Optional()
  @IsBoolean()
  isDefault?: boolean;

  @ApiPropertyOptional(REASON)
  @Optional()
  @Text(1_000)
  reason?: string;
}

export class ChangeDeploymentDto {
  @ApiPropertyOptional({ type: DeploymentTargetDto, example: { model: 'digits', version: 2 } })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => DeploymentTargetDto)
  target?: DeploymentTargetDto;

  @ApiPropertyOptional({
    description: '`true` makes it the default instead of the present one.',
    example: true,
  })
  @Optional()
  @Equals(true, { message: '$property can only be true: make another deployment the default instead' })
  isDefault?: true;

  @ApiPropertyOptional(REASON)
  @Optional()
  @Text(1_000)
  reason?: string;
}

export class RollbackDto {
  @ApiPropertyOptional({
    description: 'The revision to go back to; when absent, the newest one that served another version.',
    example: 1,
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  toRevision?: number;

  @ApiPropertyOptional({ description: 'For the list of revisions.', example: 'version 2 confuses 4 and 9' })
  @Optional()
  @Text(1_000)
  reason?: string;
}
