import { AppError } from '@modelyard/platform-errors';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { DatasetParams } from '../../datasets/dto/dataset-params.dto';
import { Optional } from '../../naming/optional';
import { QueryFlag } from '../../naming/query-flag';
import { Text } from '../../naming/text';

/** `latest` is no name for what is to go: it may be another version by the time that the request arrives. */
export class DeletedVersionParams extends DatasetParams {
  @ApiProperty({ description: 'A version number.', example: 1, type: 'integer' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version!: number;
}

export class DeletionQueryDto {
  @ApiPropertyOptional({
    description: 'Why, for the record. Needed with `force`.',
    example: 'Request for erasure 2026-17',
  })
  @Optional()
  @Text(1_000)
  reason: string = '';

  @ApiPropertyOptional({
    description: 'Also when models in Staging, in Production or deployed were trained on it.',
    default: false,
  })
  @Optional()
  @QueryFlag()
  force: boolean = false;

  /** @throws AppError VALIDATION_FAILED for force without a reason */
  static checked({ reason, force }: DeletionQueryDto): { reason: string; force: boolean } {
    if (!force || reason.trim() !== '') return { reason: reason.trim(), force };
    const message = 'must say why, since force deletes what models in use were trained on';
    throw new AppError('VALIDATION_FAILED', `reason ${message}`, { fields: [{ path: 'reason', message }] });
  }
}
