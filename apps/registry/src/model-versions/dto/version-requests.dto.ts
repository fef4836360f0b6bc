import type { Stage } from '@modelyard/contracts';
import { STAGES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { PageQueryDto } from '../../listing/page-query.dto';
import { ModelParams } from '../../models/dto/model.dto';
import { RunId } from '../../naming/names';
import { TAG_RULES, TextMap } from '../../naming/tags';
import { Text } from '../../naming/text';
import { Optional } from '../../naming/optional';

export class VersionParams extends ModelParams {
  @ApiProperty({ example: 1, type: 'integer' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version!: number;
}

export class VersionsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: 'Only versions in this stage.', enum: STAGES })
  @Optional()
  @IsIn(STAGES)
  stage?: Stage;
}

export class UpdateVersionDto {
  @ApiPropertyOptional({ example: 'Trained with augmentation' })
  @Optional()
  @Text(100_000)
  description?: string;

  @ApiPropertyOptional({
    description: 'All tags of the version; what was there is replaced.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { validated: 'yes' },
  })
  @Optional()
  @TextMap(TAG_RULES.registry)
  tags?: Record<string, string>;
}

export class RegisterVersionDto extends UpdateVersionDto {
  @ApiProperty({
    description: 'The run whose artifacts hold the package.',
    example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d',
  })
  @RunId()
  runId!: string;

  @ApiPropertyOptional({
    description: 'The folder of the package among the run’s artifacts.',
    default: 'model',
  })
  @Optional()
  @Text(1_000, 1)
  artifactPath?: string;
}
