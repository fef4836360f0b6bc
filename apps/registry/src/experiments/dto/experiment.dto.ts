import type { Experiment } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { PageQueryDto } from '../../listing/page-query.dto';
import { Optional } from '../../naming/optional';
import { TAG_RULES, TextMap } from '../../naming/tags';
import { Text } from '../../naming/text';

/** Numbers that fit PostgreSQL's bigint and JavaScript's safe integers. */
export const EXPERIMENT_ID = /^(0|[1-9]\d{0,14})$/;

export class ExperimentParams {
  @ApiProperty({ example: '1' })
  @Matches(EXPERIMENT_ID, { message: '$property must be a number' })
  id!: string;
}

export class ExperimentsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    description: 'Only experiments whose name holds this, in any case.',
    example: 'digits',
  })
  @Optional()
  @Text(500)
  search?: string;

  @ApiPropertyOptional({ enum: ['active', 'deleted'] })
  @Optional()
  @IsIn(['active', 'deleted'])
  lifecycle?: Experiment['lifecycle'];
}

export class CreateExperimentDto {
  @ApiProperty({ example: 'digits' })
  @Text(500, 1)
  name!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { team: 'vision' },
  })
  @Optional()
  @TextMap(TAG_RULES.experiment)
  tags?: Record<string, string>;
}

export class ExperimentDto implements Experiment {
  @ApiProperty({ description: 'A number; `0` is the experiment `Default`.', example: '1' })
  id!: string;

  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty({ enum: ['active', 'deleted'], example: 'active' })
  lifecycle!: Experiment['lifecycle'];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { team: 'vision' } })
  tags!: Record<string, string>;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  updatedAt!: string;
}
