import type { Stage } from '@modelyard/contracts';
import { STAGES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { Text } from '../../naming/text';
import { Optional } from '../../naming/optional';

export class TransitionDto {
  @ApiProperty({ enum: STAGES, example: 'Production' })
  @IsIn(STAGES)
  stage!: Stage;

  @ApiPropertyOptional({
    description: 'Archive the versions that are in the stage. By default for Staging and Production.',
    example: true,
  })
  @Optional()
  @IsBoolean()
  archiveExisting?: boolean;

  @ApiPropertyOptional({
    description: 'For the audit trail.',
    example: 'beats version 1 on the held-out split',
  })
  @Optional()
  @Text(1_000)
  reason?: string;
}
