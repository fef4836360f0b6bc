import type { AuditEntry } from '@modelyard/contracts';
import { ROLES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageQueryDto } from '../../listing/page-query.dto';
import { Text } from '../../naming/text';
import { Optional } from '../../naming/optional';

export class AuditQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: 'Only this action.', example: 'model.stage-changed' })
  @Optional()
  @Text(100)
  action?: string;

  @ApiPropertyOptional({ description: 'Only what happened to this.', example: 'models/digits/versions/1' })
  @Optional()
  @Text(1000)
  subject?: string;

  @ApiPropertyOptional({
    description: 'Only what this API key (or `service:<name>`) did.',
    example: '9f86d081884c7d65',
  })
  @Optional()
  @Text(100)
  callerId?: string;
}

export class AuditCallerDto {
  @ApiProperty({ example: '9f86d081884c7d65' })
  id!: string;

  @ApiProperty({ example: 'ci' })
  name!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  role!: AuditEntry['caller']['role'];
}

export class AuditEntryDto implements AuditEntry {
  @ApiProperty({ example: '4711' })
  id!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  at!: string;

  @ApiProperty({ example: 'model.stage-changed' })
  action!: string;

  @ApiProperty({ example: 'models/digits/versions/1' })
  subject!: string;

  @ApiProperty({ type: AuditCallerDto })
  caller!: AuditCallerDto;

  @ApiProperty({ example: '6f3c0a0e-3f0a-4b5e-9a57-0f2f5f0f4c11' })
  requestId!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { from: 'Staging', to: 'Production', reason: 'beats version 2' },
  })
  details!: Record<string, unknown>;
}
