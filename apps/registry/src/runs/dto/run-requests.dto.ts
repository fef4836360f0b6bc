import type { RunStatus } from '@modelyard/contracts';
import { RUN_STATUSES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsIn, IsISO8601, Matches } from 'class-validator';
import { EXPERIMENT_ID } from '../../experiments/dto/experiment.dto';
import { PageQueryDto } from '../../listing/page-query.dto';
import { RunId } from '../../naming/names';
import { Optional } from '../../naming/optional';
import { PARAM_RULES, TAG_RULES, TextMap } from '../../naming/tags';
import { Text } from '../../naming/text';

const STRINGS = { type: 'object', additionalProperties: { type: 'string' } } as const;

export class RunParams {
  @ApiProperty({ example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  @RunId()
  id!: string;
}

export class MetricParams extends RunParams {
  @ApiProperty({ example: 'val_loss' })
  @Text(250, 1)
  key!: string;
}

export class RunsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ example: '1' })
  @Optional()
  @Matches(EXPERIMENT_ID, { message: '$property must be a number' })
  experimentId?: string;

  @ApiPropertyOptional({ enum: RUN_STATUSES })
  @Optional()
  @IsIn(RUN_STATUSES)
  status?: RunStatus;

  @ApiPropertyOptional({
    description:
      '`createdAt`, `startedAt`, `endedAt`, `name`, `status`, `metrics.<key>` or `params.<key>`, then `asc` or `desc`. Runs without the value come last.',
    example: 'metrics.val_accuracy desc',
    default: 'createdAt desc',
  })
  @Optional()
  @Text(300, 1)
  orderBy: string = 'createdAt desc';
}

export class CreateRunDto {
  @ApiPropertyOptional({
    description: 'By default `0`, the experiment `Default`.',
    example: '0',
    default: '0',
  })
  @Optional()
  @Matches(EXPERIMENT_ID, { message: '$property must be a number, as a string' })
  experimentId: string = '0';

  @ApiPropertyOptional({ description: 'By default made of the id.', example: 'wide-network' })
  @Optional()
  @Text(500, 1)
  name?: string;

  @ApiPropertyOptional({ ...STRINGS, example: { optimizer: 'adam' } })
  @Optional()
  @TextMap(PARAM_RULES)
  params?: Record<string, string>;

  @ApiPropertyOptional({ ...STRINGS, example: { team: 'vision' } })
  @Optional()
  @TextMap(TAG_RULES.run)
  tags?: Record<string, string>;

  @ApiPropertyOptional({ description: 'By default now.', format: 'date-time' })
  @Optional()
  @IsISO8601({ strict: true })
  startedAt?: string;
}

export class UpdateRunDto {
  @ApiPropertyOptional({ example: 'wide-network' })
  @Optional()
  @Text(500, 1)
  name?: string;

  @ApiPropertyOptional({ enum: RUN_STATUSES, example: 'finished' })
  @Optional()
  @IsIn(RUN_STATUSES)
  status?: RunStatus;

  @ApiPropertyOptional({ description: 'Why a failed run failed.', example: 'out of memory' })
  @Optional()
  @Text(10_000)
  statusMessage?: string;

  @ApiPropertyOptional({ description: 'By default now, when the status ends the run.', format: 'date-time' })
  @Optional()
  @IsISO8601({ strict: true })
  endedAt?: string;
}

export class LogMetricsDto {
  @ApiProperty({
    description:
      'Up to 1000 points. `step` is 0 and `timestamp` (milliseconds since the epoch) now when absent; NaN and infinities are written as strings. A point that is sent again is logged once.',
    type: 'array',
    items: {
      type: 'object',
      required: ['key', 'value'],
      properties: {
        key: { type: 'string', maxLength: 250 },
        value: { oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }] },
        step: { type: 'integer' },
        timestamp: { type: 'integer' },
      },
    },
    example: [{ key: 'val_loss', value: 0.21, step: 3 }],
  })
  @IsDefined()
  metrics!: unknown;
}

export class LogParamsDto {
  @ApiProperty({
    ...STRINGS,
    description: 'A param cannot change once it is logged.',
    example: { optimizer: 'adam' },
  })
  @TextMap(PARAM_RULES)
  params!: Record<string, string>;
}

export class SetTagsDto {
  @ApiProperty({
    ...STRINGS,
    description: 'New tags, and new values of old ones.',
    example: { team: 'vision' },
  })
  @TextMap(TAG_RULES.run)
  tags!: Record<string, string>;
}
