import type { ApiKey, Role } from '@modelyard/contracts';
import { ROLES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, Matches } from 'class-validator';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';

const WHEN = { format: 'date-time', example: '2026-11-02T10:15:00.000Z' } as const;

export class ApiKeyParams {
  @ApiProperty({ example: '9f86d081884c7d65' })
  @Matches(/^[0-9a-f]{16}$/, { message: '$property must be 16 hex digits' })
  id!: string;
}

export class CreateApiKeyDto {
  @ApiProperty({ description: 'Who or what will use it.', example: 'ci' })
  @Text(200, 1)
  name!: string;

  @ApiProperty({
    enum: ROLES,
    description: '`predictor` may only predict; `viewer` reads, `editor` changes, `admin` also makes keys.',
    example: 'editor',
  })
  @IsIn(ROLES)
  role!: Role;

  @ApiPropertyOptional({ description: 'When it stops working; absent: never.', ...WHEN })
  @Optional()
  @IsISO8601({ strict: true })
  expiresAt?: string;
}

export class ApiKeyDto implements ApiKey {
  @ApiProperty({ example: '9f86d081884c7d65' })
  id!: string;

  @ApiProperty({ example: 'ci' })
  name!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  role!: Role;

  @ApiProperty(WHEN)
  createdAt!: string;

  @ApiProperty({ example: 'admin' })
  createdBy!: string;

  @ApiPropertyOptional(WHEN)
  expiresAt?: string;

  @ApiPropertyOptional(WHEN)
  revokedAt?: string;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiProperty({
    description: 'The key itself: it is shown this once and stored nowhere.',
    example: 'my_9f86d081884c7d65_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  key!: string;
}
