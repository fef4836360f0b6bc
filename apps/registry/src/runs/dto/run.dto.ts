import type { MetricPoint, Run, RunStatus } from '@modelyard/contracts';
import { RUN_STATUSES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const WHEN = { format: 'date-time', example: '2026-11-02T10:15:00.000Z' } as const;
const STRINGS = { type: 'object', additionalProperties: { type: 'string' } } as const;

export class RunDto implements Run {
  @ApiProperty({ example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  id!: string;

  @ApiProperty({ example: 'wide-network' })
  name!: string;

  @ApiProperty({ example: '1' })
  experimentId!: string;

  @ApiProperty({ enum: RUN_STATUSES, example: 'finished' })
  status!: RunStatus;

  @ApiPropertyOptional({ description: 'Why a failed run failed.', example: 'out of memory' })
  statusMessage?: string;

  @ApiProperty({ ...STRINGS, example: { optimizer: 'adam' } })
  params!: Record<string, string>;

  @ApiProperty({
    description: 'The last value of each metric; NaN and infinities are strings.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { val_loss: 0.21, test_accuracy: 0.986 },
  })
  metrics!: Record<string, number>;

  @ApiProperty({ ...STRINGS, example: { team: 'vision' } })
  tags!: Record<string, string>;

  @ApiProperty({ enum: ['active', 'deleted'], example: 'active' })
  lifecycle!: Run['lifecycle'];

  @ApiPropertyOptional(WHEN)
  startedAt?: string;

  @ApiPropertyOptional(WHEN)
  endedAt?: string;

  @ApiProperty(WHEN)
  createdAt!: string;
}

export class MetricPointDto implements MetricPoint {
  @ApiProperty({ example: 'val_loss' })
  key!: string;

  @ApiProperty({ description: 'NaN and infinities are strings.', example: 0.21 })
  value!: number;

  @ApiProperty({ example: 3 })
  step!: number;

  @ApiProperty({ description: 'Milliseconds since the epoch.', example: 1_793_614_500_000 })
  timestamp!: number;
}
